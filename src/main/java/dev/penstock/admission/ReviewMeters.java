package dev.penstock.admission;

import dev.penstock.manifest.Change;
import dev.penstock.policy.Action;
import dev.penstock.policy.CronJobModel;
import dev.penstock.policy.Profiles;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import dev.penstock.rules.Rules;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what reviews come to. There are so many time series and no more, whatever is sent: no label holds what an author
 * wrote. {@code docs/metrics.md} has them all.
 *
 * <p>Thread-safe, and without a lock: it is called on the event loop.
 */
final class ReviewMeters {
    /** What is none of those that there are. */
    static final String OTHER = Profiles.OTHER;

    /** The profile of what has none: it is no pipeline, or came to no review. */
    static final String NONE = Profiles.ABSENT;

    // Profiles come from policies, and from the teams' own defaults. Beyond so many, they count as others.
    private static final int MAX_PROFILES = 100;

    // From what a review takes to what the API server waits for.
    private static final Duration[] BUCKETS = DoubleStream.of(
                    0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
            .mapToObj(millis -> Duration.ofNanos((long) (millis * 1_000_000)))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<Reviewed, Counter> reviews = new ConcurrentHashMap<>();
    private final Set<String> profiles = ConcurrentHashMap.newKeySet();
    private final Map<Found, Counter> findings = new ConcurrentHashMap<>();
    private final Map<String, Counter> changes = new ConcurrentHashMap<>();
    private final Map<Failure, Counter> errors = new ConcurrentHashMap<>();
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();

    // Compared by hand: what a record does by itself is interpreted in the native executable, and costs.
    private record Reviewed(String webhook, String operation, String verdict, String profile) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Reviewed that
                    && webhook.equals(that.webhook)
                    && operation.equals(that.operation)
                    && verdict.equals(that.verdict)
                    && profile.equals(that.profile);
        }

        @Override
        public int hashCode() {
            return Objects.hash(webhook, operation, verdict, profile);
        }
    }

    private record Found(String rule, Action action) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Found that && action == that.action && rule.equals(that.rule);
        }

        @Override
        public int hashCode() {
            return Objects.hash(rule, action);
        }
    }

    /** Those whose labels are known beforehand are there at once, with 0, so that no first increase is missed. */
    ReviewMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Failure failure : Failure.values()) {
            errors.put(failure, counter(failure));
        }
        for (String rule : Rules.ids()) {
            Stream.of(Action.DENY, Action.WARN, Action.AUDIT)
                    .map(action -> new Found(rule, action))
                    .forEach(found -> findings.put(found, counter(found)));
        }
    }

    /**
     * A review that was made.
     *
     * @param verdict as {@link Answer#word} has it
     * @param profile as {@link Verdict#profile} has it, or {@link #NONE}
     */
    void reviewed(String webhook, AdmissionRequest request, String verdict, String profile) {
        String operation = AdmissionRequest.WRITES.contains(request.operation()) ? request.operation() : OTHER;
        of(reviews, new Reviewed(webhook, operation, verdict, bounded(profile)), this::counter)
                .increment();
    }

    /** What a review came to. */
    void found(Verdict verdict) {
        for (Finding finding : verdict.findings()) {
            of(findings, new Found(finding.rule(), finding.action()), this::counter)
                    .increment();
        }
        for (Change change : verdict.changes()) {
            of(changes, CronJobModel.field(change.path()).orElse(OTHER), this::counter)
                    .increment();
        }
    }

    /** A request that came to no review. */
    void failed(Failure failure) {
        of(errors, failure, this::counter).increment();
    }

    /** How long it took from the last byte of a review to the answer, whatever the answer is. */
    void took(String webhook, long nanos) {
        Timer known = durations.get(webhook);
        (known != null ? known : durations.computeIfAbsent(webhook, this::timer)).record(nanos, TimeUnit.NANOSECONDS);
    }

    private String bounded(String profile) {
        if (!profiles.contains(profile)) {
            if (profiles.size() >= MAX_PROFILES) {
                return OTHER;
            }
            profiles.add(profile);
        }
        return profile;
    }

    /** What was made before, which locks nothing, unlike computeIfAbsent. */
    private static <K> Counter of(Map<K, Counter> counters, K key, Function<K, Counter> make) {
        Counter known = counters.get(key);
        return known != null ? known : counters.computeIfAbsent(key, make);
    }

    private Counter counter(Reviewed reviewed) {
        return counter(
                "reviews",
                "Reviews, by what was asked and answered.",
                "webhook",
                reviewed.webhook,
                "operation",
                reviewed.operation,
                "verdict",
                reviewed.verdict,
                "profile",
                reviewed.profile);
    }

    private Counter counter(Found found) {
        return counter(
                "findings",
                "What rules objected to, with what became of it.",
                "rule",
                found.rule,
                "action",
                found.action.toString());
    }

    private Counter counter(Failure failure) {
        return counter("errors", "Requests that came to no review.", "kind", failure.toString());
    }

    private Counter counter(String field) {
        return counter("changes", "Fields that were filled in or taken back.", "field", field);
    }

    private Counter counter(String name, String description, String... labels) {
        return Counter.builder("penstock." + name)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    private Timer timer(String webhook) {
        return Timer.builder("penstock.review.duration")
                .description("From the last byte of a review to its answer.")
                .tag("webhook", webhook)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
