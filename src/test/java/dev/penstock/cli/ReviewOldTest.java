package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code penstock review --old} of an object that is stored, and remembers what was filled in. */
class ReviewOldTest {
    private static final String POLICY = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: science}
            spec:
              defaults: {spec: {startingDeadlineSeconds: 3600, schedule: "H 2 * * *"}}
            """;
    private static final String ORDERED = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: ordered}
            spec:
              defaults:
                spec:
                  schedule: 0 1 * * *
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          initContainers: [{name: z-first, image: "a:1"}, {name: a-second, image: "a:1"}]
                          containers:
                            - {name: "*", env: [{name: Z, value: z}, {name: A, value: $(Z)}]}
                            - {name: aside, image: "a:1"}
            """;
    private static final String STEPS = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: churn
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/tasks: "extract, train, evaluate", penstock.dev/image: "a:1"}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void whatComesOutAsItWasIsNoNews() throws IOException {
        JsonNode again = reviewed(STEPS, POLICY, stored(STEPS, POLICY));
        assertThat(again.path("notices")).isEmpty();
        assertThat(again.path("changes"))
                .containsExactlyInAnyOrderElementsOf(reviewed(STEPS, POLICY).path("changes"));
        assertThat(again.path("object")).isEqualTo(reviewed(STEPS, POLICY).path("object"));
    }

    @Test
    void whatHasAnOrderKeepsIt() throws IOException {
        String pipeline = STEPS.replace("penstock.dev/tasks: \"extract, train, evaluate\", ", "");
        JsonNode fresh = reviewed(pipeline, ORDERED);
        JsonNode pod = fresh.at("/object/spec/jobTemplate/spec/template/spec");
        assertThat(pod.path("initContainers").findValuesAsText("name")).containsSubsequence("z-first", "a-second");
        assertThat(pod.path("containers").path(0).path("env").findValuesAsText("name"))
                .containsExactly("Z", "A");
        assertThat(reviewed(pipeline, ORDERED, stored(pipeline, ORDERED)).path("object"))
                .isEqualTo(fresh.path("object"));
    }

    @Test
    void whatWasFilledIntoAContainerGoesWithIt() throws IOException {
        String pipeline = STEPS.replace("penstock.dev/tasks: \"extract, train, evaluate\", ", "") + """
                spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: main, image: "a:1"}]}}}}}
                """;
        String renamed = pipeline.replace("name: main", "name: worker");
        assertThat(reviewed(renamed, ORDERED, stored(pipeline, ORDERED)).path("object"))
                .isEqualTo(reviewed(renamed, ORDERED).path("object"));
    }

    @Test
    void whatFollowsAnotherPolicyIsOneChange() throws IOException {
        String other = POLICY.replace("3600", "600");
        JsonNode later = reviewed(STEPS, other, stored(STEPS, POLICY));
        assertThat(notices(later)).containsExactly("spec.startingDeadlineSeconds follows policy science: 3600 → 600");
        assertThat(later.path("changes"))
                .containsExactlyInAnyOrderElementsOf(reviewed(STEPS, other).path("changes"));
    }

    @Test
    void whatIsMadeNoLongerIsToldAndIsNoChange() throws IOException {
        String fewer = STEPS.replace("extract, train, evaluate", "extract, train");
        JsonNode later = reviewed(fewer, POLICY, stored(STEPS, POLICY));
        assertThat(notices(later))
                .containsExactlyInAnyOrder(
                        "spec.jobTemplate.spec.template.spec.containers[0] goes again: annotations no longer make"
                                + " evaluate here",
                        "spec.jobTemplate.spec.template.spec.initContainers[1] goes again: annotations no longer make"
                                + " train here");
        assertThat(fields(later)).isNotEmpty().noneMatch(field -> field.contains("evaluate"));
        assertThat(later.path("object")).isEqualTo(reviewed(fewer, POLICY).path("object"));
    }

    @Test
    void whatNoPolicyNamesAnyMoreGoesAndIsTold() throws IOException {
        String less = POLICY.replace("startingDeadlineSeconds: 3600, ", "");
        JsonNode later = reviewed(STEPS, less, stored(STEPS, POLICY));
        assertThat(notices(later))
                .containsExactly("spec.startingDeadlineSeconds goes again: policy science had filled in 3600");
        assertThat(fields(later)).doesNotContain("spec.startingDeadlineSeconds");
        assertThat(later.at("/object/spec").has("startingDeadlineSeconds")).isFalse();
    }

    @Test
    void theOneContainerKeepsItsName() throws IOException {
        String one = STEPS.replace("penstock.dev/tasks: \"extract, train, evaluate\", ", "");
        String called = POLICY + "  containerName: worker\n";
        JsonNode later = reviewed(one, called, stored(one, POLICY));
        assertThat(later.at("/object/spec/jobTemplate/spec/template/spec/containers/0/name")
                        .asText())
                .isEqualTo("ml-pipeline-container");
        assertThat(notices(later)).isEmpty();
    }

    @Test
    void aDecisionThatNothingElseProvesStands() throws IOException {
        String policy = POLICY.replace("startingDeadlineSeconds: 3600", "concurrencyPolicy: Forbid");
        String decided = stored(STEPS, policy)
                .replace("concurrencyPolicy: Forbid", "concurrencyPolicy: Allow")
                .replace("concurrencyPolicy\\\":\\\"policy science", "concurrencyPolicy\\\":\\\"author");
        assertThat(decided).contains("concurrencyPolicy: Allow", "author");
        JsonNode later = reviewed(STEPS, policy, decided);
        assertThat(later.at("/object/spec/concurrencyPolicy").asText()).isEqualTo("Allow");
        assertThat(fields(later)).isNotEmpty().doesNotContain("spec.concurrencyPolicy");
    }

    @Test
    void whatIsNoCronJobReplacesNone() throws IOException {
        String broken = STEPS + "spec: {schedule: 0 1 31 2 *}\n";
        String chart = broken + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: churn}\n";
        assertThat(reviewed(broken, POLICY, chart).path("findings"))
                .extracting(finding -> finding.path("action").asText())
                .contains("Warn")
                .doesNotContain("Deny");
    }

    @Test
    void aGarbledRecordChangesNothing() throws IOException {
        String record =
                "{\"metadata.name.x\":\"made\",\"spec.schedule[a]\":\"policy x\",\"[\\\"\":\"made\",\"%s\":\"author\"}"
                        .formatted("a.".repeat(20_000));
        String old = STEPS.replace("annotations: {", "annotations: {penstock.dev/defaulted: '" + record + "', ");
        assertThat(reviewed(STEPS, POLICY, old).path("object"))
                .isEqualTo(reviewed(STEPS, POLICY).path("object"));
    }

    private String stored(String manifest, String policy) throws IOException {
        return Run.of(
                        "review",
                        "-o",
                        "yaml",
                        "-f",
                        write("manifest.yaml", manifest),
                        "--policy",
                        write("p.yaml", policy))
                .out();
    }

    private JsonNode reviewed(String manifest, String policy, String... old) throws IOException {
        String file = write("manifest.yaml", manifest);
        String policies = write("p.yaml", policy);
        Run run = old.length == 0
                ? Run.of("review", "-o", "json", "-f", file, "--policy", policies)
                : Run.of("review", "-o", "json", "-f", file, "--policy", policies, "--old", write("old.yaml", old[0]));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out()).path("pipelines").path(0);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static List<String> notices(JsonNode pipeline) {
        List<String> notices = new ArrayList<>();
        for (JsonNode notice : pipeline.path("notices")) {
            notices.add(
                    notice.path("field").asText() + " " + notice.path("message").asText());
        }
        return notices;
    }

    private static List<String> fields(JsonNode pipeline) {
        return pipeline.path("changes").findValuesAsText("field");
    }
}
