package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.docs.Scrape;
import dev.penstock.manifest.Change;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Reason;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import dev.penstock.rules.Rules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReviewMetersTest {
    private static final FieldPath POD_SPEC = FieldPath.ROOT
            .member("spec")
            .member("jobTemplate")
            .member("spec")
            .member("template")
            .member("spec");
    private static final String CHANGES = "penstock_changes_total";
    private static final String REVIEWS = "penstock_reviews_total";

    private final TestRegistry registry = new TestRegistry();
    private final ReviewMeters meters = new ReviewMeters(registry.meters());

    @Test
    void countsAReviewByWhatWasAskedAndAnswered() {
        meters.reviewed("mutate", request("CREATE"), "denied", "training");
        meters.reviewed("mutate", request("CREATE"), "denied", "training");
        meters.reviewed("validate", request("UPDATE"), "allowed", "default");
        assertThat(scrape().value(REVIEWS, labels("mutate", "CREATE", "denied", "training")))
                .isEqualTo(2);
        assertThat(scrape().value(REVIEWS, labels("validate", "UPDATE", "allowed", "default")))
                .isEqualTo(1);
        assertThat(scrape().named(REVIEWS)).hasSize(2);
    }

    private static Map<String, String> labels(String webhook, String operation, String verdict, String profile) {
        return Map.of("webhook", webhook, "operation", operation, "verdict", verdict, "profile", profile);
    }

    @Test
    void knowsEveryRuleAndErrorBeforeTheFirst() {
        assertThat(scrape().values("penstock_findings_total", "rule")).containsExactlyElementsOf(Rules.ids());
        assertThat(scrape().values("penstock_findings_total", "action")).containsExactly("Audit", "Deny", "Warn");
        assertThat(scrape().values("penstock_errors_total", "kind")).hasSameSizeAs(Failure.values());
        assertThat(scrape().samples())
                .allSatisfy(sample -> assertThat(sample.value()).isZero());
    }

    @Test
    void countsEachFindingWithWhatBecameOfIt() {
        meters.found(new Verdict(
                List.of(
                        finding("schedule", Action.DENY),
                        finding("schedule", Action.DENY),
                        finding("name", Action.WARN)),
                List.of(),
                List.of(),
                JsonNodeFactory.instance.arrayNode(),
                "",
                List.of(),
                Optional.empty()));
        assertThat(scrape().value("penstock_findings_total", Map.of("rule", "schedule", "action", "Deny")))
                .isEqualTo(2);
        assertThat(scrape().value("penstock_findings_total", Map.of("rule", "name", "action", "Warn")))
                .isEqualTo(1);
    }

    private static Finding finding(String rule, Action action) {
        return new Finding(rule, "p", action, Finding.Kind.INVALID, FieldPath.ROOT, "", "", "", false, "");
    }

    @Test
    void callsAFieldTheSameWhereverItStands() {
        FieldPath limits = container(0, "main").member("resources").member("limits");
        change(limits.member("memory"), limits.member("nvidia.com/gpu"));
        change(container(7, "side\"car\n").member("resources").member("limits").member("cpu"));
        change(FieldPath.ROOT.member("metadata").member("annotations").member("a.example.com/b"));
        assertThat(scrape().values(CHANGES, "field"))
                .containsExactly(
                        "metadata.annotations[]",
                        "spec.jobTemplate.spec.template.spec.containers[].resources.limits[]");
    }

    @Test
    void makesNoSeriesOfWhatAnAuthorMakesUp() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            String madeUp = "x" + random.nextLong() + "\"} 1\npenstock_forged_total 1";
            change(
                    FieldPath.ROOT.member(madeUp),
                    FieldPath.ROOT.member("spec").member(madeUp).member("schedule"),
                    FieldPath.ROOT.member("metadata").member("labels").member(madeUp),
                    FieldPath.ROOT
                            .member("metadata")
                            .member("labels")
                            .member(madeUp)
                            .member(madeUp),
                    FieldPath.ROOT.member("spec").member("schedule").member(madeUp),
                    FieldPath.ROOT.member("spec").element(i, madeUp),
                    POD_SPEC.member("nodeSelector").member(madeUp),
                    POD_SPEC.member("containers").member(madeUp),
                    container(i, madeUp),
                    container(i, madeUp).member("env").element(i, madeUp).member("value"),
                    container(i, madeUp).member(madeUp));
            meters.reviewed("mutate", request(madeUp), "allowed", madeUp);
        }
        assertThat(scrape().values(CHANGES, "field"))
                .containsExactly(
                        "metadata.labels[]",
                        "other",
                        "spec.jobTemplate.spec.template.spec.containers[]",
                        "spec.jobTemplate.spec.template.spec.containers[].env[].value",
                        "spec.jobTemplate.spec.template.spec.nodeSelector[]");
        assertThat(scrape().values(REVIEWS, "operation")).containsExactly("other");
        assertThat(scrape().values(REVIEWS, "profile")).hasSize(101).contains("other");
        assertThat(scrape().named("penstock_forged_total")).isEmpty();
    }

    private static FieldPath container(int position, String name) {
        return POD_SPEC.member("containers").element(position, name);
    }

    private void change(FieldPath... paths) {
        List<Change> changes = List.of(paths).stream()
                .map(path -> new Change(
                        path,
                        JsonNodeFactory.instance.missingNode(),
                        JsonNodeFactory.instance.nullNode(),
                        Reason.policy("p")))
                .toList();
        meters.found(new Verdict(
                List.of(), List.of(), changes, JsonNodeFactory.instance.arrayNode(), "", List.of(), Optional.empty()));
    }

    @Test
    void sortsDurationsIntoFixedBuckets() {
        meters.took("mutate", 400_000);
        meters.took("mutate", 3_000_000_000L);
        meters.took("mutate", 9_000_000_000L);
        Scrape scrape = scrape();
        assertThat(scrape.named("penstock_review_duration_seconds_bucket"))
                .extracting(sample ->
                        Double.valueOf(sample.labels().getOrDefault("le", "").replace("+Inf", "Infinity")))
                .containsExactly(
                        0.0005,
                        0.001,
                        0.0025,
                        0.005,
                        0.01,
                        0.025,
                        0.05,
                        0.1,
                        0.25,
                        0.5,
                        1.0,
                        2.5,
                        5.0,
                        Double.POSITIVE_INFINITY);
        assertThat(scrape.named("penstock_review_duration_seconds_bucket"))
                .extracting(Scrape.Sample::value)
                .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 3.0);
    }

    private static AdmissionRequest request(String operation) {
        return new AdmissionRequest(
                "u", operation, "batch/v1 cronjobs", "ml", "alice", "", false, Yaml.object("{}"), null);
    }

    private Scrape scrape() {
        return registry.scrape();
    }
}
