package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.docs.MetricsPage;
import dev.penstock.docs.Scrape;
import dev.penstock.manifest.Change;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Reason;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Documents;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.review.InForce;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Standing;
import dev.penstock.review.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} tells of each metric, with its type and labels, and of none that there is not. */
class MetricsPageTest {
    @Test
    void tellsOfEachMetricAndOfNoOther() throws InvalidPolicyException {
        assertThat(scraped().metrics()).isEqualTo(MetricsPage.metrics()).isNotEmpty();
    }

    @Test
    void tellsOfTheValuesOfEachLabel() throws InvalidPolicyException {
        TreeSet<String> labels = new TreeSet<>();
        scraped().metrics().values().forEach(metric -> labels.addAll(metric.labels()));
        assertThat(MetricsPage.labels()).isEqualTo(labels);
    }

    @Test
    void tellsOfEachKindOfError() {
        String errors = MetricsPage.text().replaceFirst("(?s).*\n## Errors\n(.*?)\n## .*", "$1");
        assertThat(Pattern.compile("(?m)^\\| `([\\w-]+)` \\|").matcher(errors).results())
                .extracting((MatchResult row) -> row.group(1))
                .containsExactlyInAnyOrder(
                        Arrays.stream(Failure.values()).map(Failure::toString).toArray(String[]::new));
    }

    private static Scrape scraped() throws InvalidPolicyException {
        TestRegistry registry = new TestRegistry();
        ReviewMeters meters = new ReviewMeters(registry.meters());
        meters.reviewed(
                "mutate",
                new AdmissionRequest("u", "CREATE", "", "ml", "", "", false, Yaml.object("{}"), null),
                Answer.ALLOWED,
                Reviewer.DEFAULT);
        Change change = new Change(
                FieldPath.ROOT.member("spec"),
                JsonNodeFactory.instance.missingNode(),
                JsonNodeFactory.instance.objectNode(),
                Reason.made());
        meters.found(new Verdict(
                List.of(),
                List.of(),
                List.of(change),
                JsonNodeFactory.instance.arrayNode(),
                "",
                List.of(),
                Optional.empty()));
        meters.took("mutate", 1);
        registry.register(new PolicyMeters(policies()));
        registry.register(new CertificateMeters(CertificateMetersTest::leaf, Optional::empty));
        return registry.scrape();
    }

    private static InForce policies() throws InvalidPolicyException {
        PolicyDocument policy = Documents.read(Yaml.tree("""
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: one}
                spec: {exemptions: [{rules: [imageTag], reason: r, expires: 2027-03-31}]}
                """));
        Reviewer reviewer = Reviewer.of(policy);
        return new InForce() {
            @Override
            public Reviewer get() {
                return reviewer;
            }

            @Override
            public List<Standing> standings() {
                return List.of(new Standing(policy.id(), true, Optional.of(policy)));
            }
        };
    }
}
