package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownKeysTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        those that there are    | {annotations: {penstock.dev/image: a, penstock.dev/image.x: a, penstock.dev/task: a, penstock.dev/tasks: a, penstock.dev/keep: '', penstock.dev/refresh: a, penstock.dev/defaulted: a}, labels: {penstock.dev/pipeline: a}} | -
        a misspelt one          | {annotations: {penstock.dev/tsak: a}}                  | metadata.annotations[penstock.dev/tsak]
        a capital               | {annotations: {penstock.dev/Task: a}}                  | metadata.annotations[penstock.dev/Task]
        a label for annotations | {labels: {penstock.dev/task: a}}                       | metadata.labels[penstock.dev/task]
        an annotation for label | {annotations: {penstock.dev/pipeline: a}}              | metadata.annotations[penstock.dev/pipeline]
        those of others         | {annotations: {penstock.dev.example/x: a, task: a, x.penstock.dev/y: a}} | -
        """)
    void tellsOfWhatThereIsNot(String story, String metadata, String notices) throws Exception {
        ObjectNode cronJob = Yaml.object("{}");
        cronJob.set("metadata", Yaml.object(metadata));
        assertThat(Filling.by(new UnknownKeys(), "{}", cronJob).notices()).isEqualTo(notices);
    }

    @Test
    void tellsOfSomeWhereThereAreMany() throws Exception {
        ObjectNode cronJob = Yaml.object("{metadata: {annotations: {}}}");
        for (int i = 0; i < 1000; i++) {
            cronJob.withObject("/metadata/annotations").put("penstock.dev/x" + i, "");
        }
        assertThat(Filling.by(new UnknownKeys(), "{}", cronJob).notices().split(", "))
                .hasSize(10);
    }
}
