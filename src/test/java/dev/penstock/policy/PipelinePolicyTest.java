package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Yaml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelinePolicyTest {

    @Test
    void readsEverything() throws InvalidPolicyException {
        PipelinePolicy policy = PipelinePolicy.read(Yaml.tree("""
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: data-science}
            spec:
              containerName: main
              task: score
              arguments: [--task, "${task}"]
              image: {tag: stable, mutableTags: [stable, nightly]}
              defaults: {spec: {schedule: "H 1 * * *"}}
              rules: {imageTag: {action: Deny}, anything: {x: 1}}
            """));
        assertThat(policy.name()).isEqualTo("data-science");
        assertThat(policy.containerName()).isEqualTo("main");
        assertThat(policy.task()).isEqualTo("score");
        assertThat(policy.arguments()).containsExactly("--task", "${task}");
        assertThat(policy.imageTag()).isEqualTo("stable");
        assertThat(policy.mutableTags()).containsExactlyInAnyOrder("stable", "nightly");
        assertThat((JsonNode) policy.defaults()).isEqualTo(Yaml.tree("{spec: {schedule: 'H 1 * * *'}}"));
        assertThat(policy.rules()).containsOnlyKeys("imageTag", "anything");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        all left out   | {}
        all null       | {containerName: null, task: null, arguments: null, image: null, defaults: null, rules: null}
        an empty image | {image: {}}
        """)
    void hasValuesForWhatIsLeftOut(String story, String spec) throws InvalidPolicyException {
        PipelinePolicy policy = PipelinePolicy.read(document(spec));
        assertThat(policy.containerName()).isEqualTo("ml-pipeline-container");
        assertThat(policy.task()).isEqualTo("run-pipeline");
        assertThat(policy.arguments()).isEmpty();
        assertThat(policy.imageTag()).isNull();
        assertThat(policy.mutableTags()).containsExactly("latest");
        assertThat((JsonNode) policy.defaults()).isEmpty();
        assertThat(policy.rules()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an unknown key                     | {tasks: [a]}                               | spec.tasks
        a profile, which is not known yet  | {profiles: {}}                             | spec.profiles
        an unknown key of the image        | {image: {tags: [a]}}                       | spec.image.tags
        a number for a text                | {task: 5}                                  | spec.task
        a text for a list                  | {arguments: x}                             | spec.arguments
        an object for a list               | {arguments: {a: b}}                        | spec.arguments
        a number in a list of texts        | {image: {mutableTags: [a, 1.0]}}           | spec.image.mutableTags
        a list for an object               | {defaults: []}                             | spec.defaults
        a text for an object               | {image: stable}                            | spec.image
        a rule that is no object           | {rules: {imageTag: Deny}}                  | spec.rules.imageTag
        rules that are no object           | {rules: [imageTag]}                        | spec.rules
        an unknown placeholder             | {arguments: [a, '${user}']}                | spec.arguments[1]
        an unknown placeholder, deep below | {defaults: {spec: {x: [{y: '${Task}'}]}}}  | spec.defaults.spec.x[0].y
        a placeholder that is not closed   | {defaults: {a: '${task'}}                  | spec.defaults.a
        """)
    void namesWhatIsWrongByItsPath(String story, String spec, String path) {
        assertThat(problems(document(spec))).extracting(PolicyProblem::path).containsOnly(path);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        another kind         | {apiVersion: penstock.dev/v1alpha1, kind: CronJob, metadata: {name: a}}        | kind
        another version      | {apiVersion: penstock.dev/v1, kind: PipelinePolicy, metadata: {name: a}}       | apiVersion
        no kind              | {apiVersion: penstock.dev/v1alpha1, metadata: {name: a}}                       | kind
        no name              | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {}}        | metadata.name
        a name that is a number | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: 5}} | metadata.name
        metadata that is a text | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: a}      | metadata.name
        an unknown key at the top | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: a}, data: {}} | data
        a spec that is a list | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: a}, spec: []} | spec
        """)
    void refusesAnotherDocument(String story, String document, String path) {
        assertThat(problems(Yaml.tree(document)))
                .extracting(PolicyProblem::path)
                .containsOnly(path);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a list    | [a]
        a text    | a
        a number  | 5
        null      | null
        nothing   | ``
        """)
    void refusesWhatIsNoDocument(String story, String document) {
        assertThat(problems(Yaml.tree(document)))
                .extracting(PolicyProblem::path)
                .contains("kind", "metadata.name");
    }

    @Test
    void namesAllProblemsAtOnce() {
        List<PolicyProblem> problems = problems(Yaml.tree("""
            apiVersion: v1
            kind: PipelinePolicy
            metadata: {}
            spec:
              arguments: [1]
              task: {}
              images: {}
              image: {tag: 1}
              defaults: {spec: {schedule: "${when}"}}
              rules: {imageTag: [], schedule: true}
            """));
        assertThat(problems)
                .extracting(PolicyProblem::path)
                .containsExactlyInAnyOrder(
                        "apiVersion",
                        "metadata.name",
                        "spec.arguments",
                        "spec.task",
                        "spec.images",
                        "spec.image.tag",
                        "spec.defaults.spec.schedule",
                        "spec.rules.imageTag",
                        "spec.rules.schedule");
    }

    private static List<PolicyProblem> problems(JsonNode document) {
        return catchThrowableOfType(InvalidPolicyException.class, () -> PipelinePolicy.read(document))
                .problems();
    }

    private static JsonNode document(String spec) {
        return Yaml.tree("{apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: test}, spec: "
                + spec + "}");
    }
}
