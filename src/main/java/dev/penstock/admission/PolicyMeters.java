package dev.penstock.admission;

import dev.penstock.policy.DocumentId;
import dev.penstock.policy.PipelineDefaults;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.review.InForce;
import dev.penstock.review.Standing;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What policies and exemptions are like at the moment of a scrape: there is nothing of one that is gone. */
final class PolicyMeters extends Collector {
    private static final String BUILT_IN = "built-in";

    private final InForce inForce;

    PolicyMeters(InForce inForce) {
        this.inForce = inForce;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        GaugeMetricFamily ready = new GaugeMetricFamily(
                "penstock_policy_ready",
                "Whether the policy is in force as it is now: 1, or 0 where it cannot be used.",
                List.of("policy"));
        GaugeMetricFamily followed = new GaugeMetricFamily(
                "penstock_policies_followed",
                "Whether what changes is heard of: 1, or 0 where what was known last stays in force.",
                inForce.isFollowed() ? 1 : 0);
        GaugeMetricFamily expiry = new GaugeMetricFamily(
                "penstock_exemption_expiry_timestamp_seconds",
                "When the exemption ends, in seconds since 1970.",
                List.of("policy", "exemption"));
        // By name: what cannot be used may be called as another is.
        Map<String, Boolean> byName = new TreeMap<>();
        byName.put(BUILT_IN, inForce.isReady());
        for (Standing standing : inForce.standings()) {
            byName.merge(name(standing.id()), standing.ready(), Boolean::logicalAnd);
            standing.inForce()
                    .filter(PipelinePolicy.class::isInstance)
                    .ifPresent(policy -> addExemptions(expiry, (PipelinePolicy) policy));
        }
        byName.forEach((name, isReady) -> ready.addMetric(List.of(name), isReady ? 1 : 0));
        return List.of(ready, followed, expiry);
    }

    private static String name(DocumentId id) {
        // All defaults are one, since any team can make some. No policy is called so: its name would be in lower case.
        return id.kind().equals(PipelineDefaults.KIND) ? PipelineDefaults.KIND : id.name();
    }

    private static void addExemptions(GaugeMetricFamily expiry, PipelinePolicy policy) {
        for (int i = 0; i < policy.exemptions().size(); i++) {
            LocalDate last = policy.exemptions().get(i).expires();
            if (last != null) {
                Instant end = last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
                expiry.addMetric(List.of(policy.name(), String.valueOf(i)), (double) end.getEpochSecond());
            }
        }
    }
}
