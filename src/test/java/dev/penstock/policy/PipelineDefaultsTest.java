package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineDefaultsTest {

    @Test
    void readsEverything() throws Exception {
        PolicyDocument document = Documents.read(Yaml.tree("""
            apiVersion: penstock.dev/v1alpha1
            kind: PipelineDefaults
            metadata: {name: team, namespace: ml}
            spec:
              task: score
              arguments: [run]
              image: {tag: stable}
              defaults: {spec: {suspend: true}}
              profiles: {training: {defaults: {spec: {suspend: false}}}}
            """));
        assertThat(document.id()).hasToString("PipelineDefaults ml/team");
        assertThat(document.reason()).hasToString("defaults team");
        assertThat(document.general().task()).isEqualTo("score");
        assertThat(document.general().arguments()).containsExactly("run");
        assertThat(document.general().imageTag()).isEqualTo("stable");
        assertThat(document.layers("training"))
                .extracting(layer -> (JsonNode) layer.defaults())
                .containsExactly(Yaml.tree("{spec: {suspend: false}}"), Yaml.tree("{spec: {suspend: true}}"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        rules, which a team has none of | {name: a, namespace: ml} | {rules: {}}                              | spec.rules
        an exemption                    | {name: a, namespace: ml} | {exemptions: []}                         | spec.exemptions
        tags that move                  | {name: a, namespace: ml} | {image: {mutableTags: [a]}}              | spec.image.mutableTags
        more than defaults in a profile | {name: a, namespace: ml} | {profiles: {gpu: {task: a}}}             | spec.profiles.gpu.task
        a placeholder in the task       | {name: a, namespace: ml} | {task: 'a-${name}'}                      | spec.task
        a contradiction                 | {name: a, namespace: ml} | {defaults: {spec: {schedule: x}}}        | spec.defaults.spec.schedule
        no namespace                    | {name: a}                | {}                                       | metadata.namespace
        no name                         | {namespace: ml}          | {}                                       | metadata.name
        no name of an object's          | {name: a..b, namespace: ml} | {}                                    | metadata.name
        no name of a namespace's        | {name: a.b, namespace: ml.x} | {}                                   | metadata.namespace
        """)
    void namesWhatIsWrongByItsPath(String story, String metadata, String spec, String path) {
        JsonNode document = Yaml.tree("{apiVersion: penstock.dev/v1alpha1, kind: PipelineDefaults, metadata: "
                + metadata + ", spec: " + spec + "}");
        assertThat(catchThrowableOfType(InvalidPolicyException.class, () -> Documents.read(document))
                        .problems())
                .extracting(PolicyProblem::path)
                .containsExactly(path);
    }

    @Test
    void isNoOtherKind() {
        JsonNode document = Yaml.tree("{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}}");
        assertThat(catchThrowableOfType(InvalidPolicyException.class, () -> Documents.read(document)))
                .hasMessage("kind: must be PipelinePolicy or PipelineDefaults");
    }
}
