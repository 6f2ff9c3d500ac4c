package dev.penstock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyFiles;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Rules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policies that platform teams start from: each alone, and all together. */
class SamplePoliciesTest {
    private static final Path FOLDER = Path.of("samples", "policies");
    private static final NamespaceLabels LABELS = namespace -> Map.of("example.com/kind", "data-science");
    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);
    private static final String POD_SPEC = "/spec/jobTemplate/spec/template/spec";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        baseline.yaml  | default   | /spec/concurrencyPolicy                                        | Forbid
        baseline.yaml  | default   | /spec/jobTemplate/spec/activeDeadlineSeconds                   | 14400
        training.yaml  | training  | /spec/jobTemplate/spec/template/metadata/labels/cost-centre    | training
        training.yaml  | training  | POD/containers/0/resources/limits/nvidia.com~1gpu              | 1
        training.yaml  | default   | /spec/schedule                                                 | 0 1 * * *
        workspace.yaml | workspace | POD/containers/0/volumeMounts/0/mountPath                      | /workspace
        workspace.yaml | workspace | POD/volumes/0/name                                             | workspace
        """)
    void fillInWhatTheySay(String file, String profile, String pointer, String expected) throws Exception {
        ObjectNode pipeline = pipeline(profile, DIGEST);
        assertThat(reviewer(documents(file)).review(review(pipeline)).findings())
                .isEmpty();
        assertThat(pipeline.at(pointer.replace("POD", POD_SPEC)).asText()).isEqualTo(expected);
    }

    @Test
    void onlyWarnsAtFirst() throws Exception {
        Verdict verdict = reviewer(documents("baseline.yaml")).review(review(pipeline("default", ":latest")));
        assertThat(verdict.isDenied()).isFalse();
        assertThat(verdict.findings(Action.WARN)).isNotEmpty();
    }

    @Test
    void asksForADigestInTrainings() throws Exception {
        Reviewer reviewer = reviewer(documents("training.yaml"));
        assertThat(reviewer.review(review(pipeline("training", ":1.4.2"))).isDenied())
                .isTrue();
        assertThat(reviewer.review(review(pipeline("training", DIGEST))).findings())
                .isEmpty();
    }

    @Test
    void addUp() throws Exception {
        ObjectNode pipeline = pipeline("workspace", ":1.4.2");
        assertThat(reviewer(PolicyFiles.read(FOLDER, Rules::problems))
                        .review(review(pipeline))
                        .findings())
                .isEmpty();
        assertThat(pipeline.at(POD_SPEC + "/containers/0/resources/limits/memory")
                        .asText())
                .isEqualTo("4Gi");
        assertThat(pipeline.at(POD_SPEC + "/containers/0/env/0/value").asText()).isEqualTo("/workspace");
    }

    private static PolicyFiles documents(String file) {
        return PolicyFiles.read(FOLDER.resolve(file), Rules::problems);
    }

    private static Reviewer reviewer(PolicyFiles files) throws Exception {
        List<PolicyDocument> documents =
                files.allUsable().stream().map(PolicyFiles.Usable::document).toList();
        return Reviewer.of(documents, LABELS);
    }

    private static Review review(ObjectNode pipeline) {
        return new Review(pipeline, null, "churn", new Review.File(), Case.NOW);
    }

    private static ObjectNode pipeline(String profile, String version) {
        return Yaml.object("""
                apiVersion: batch/v1
                kind: CronJob
                metadata:
                  name: churn
                  labels: {penstock.dev/pipeline: %s}
                  annotations: {penstock.dev/image: "registry.example.com/churn%s"}
                spec: {}
                """.formatted(profile, version));
    }
}
