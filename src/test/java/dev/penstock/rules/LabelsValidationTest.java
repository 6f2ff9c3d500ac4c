package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsValidationTest {
    private static final String LABEL = "{require: {team: '[a-z]+'}}";
    private static final String ANNOTATION = "{requireAnnotations: {owner: '.+@example\\.com'}}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing is asked for    | {}                               | {}                               | -
        on both                 | {labels: {team: ml}}             | {labels: {team: ml}}             | -
        on the CronJob only     | {labels: {team: ml}}             | {}                               | REQUIRED pod.metadata.labels[team]
        on the pods only        | {}                               | {labels: {team: ml}}             | REQUIRED metadata.labels[team]
        on neither              | {labels: {other: ml}}            | {labels: null}                   | REQUIRED metadata.labels[team], REQUIRED pod.metadata.labels[team]
        another value           | {labels: {team: ML}}             | {labels: {team: ml}}             | INVALID metadata.labels[team]
        only begins so          | {labels: {team: ml-1}}           | {labels: {team: ml}}             | INVALID metadata.labels[team]
        an empty value          | {labels: {team: ''}}             | {labels: {team: ml}}             | INVALID metadata.labels[team]
        null                    | {labels: {team: null}}           | {labels: {team: ml}}             | REQUIRED metadata.labels[team]
        as an annotation        | {annotations: {team: ml}}        | {labels: {team: ml}}             | REQUIRED metadata.labels[team]
        """)
    void looksForLabels(String story, String metadata, String podMetadata, String findings) throws Exception {
        assertThat(found(story.equals("nothing is asked for") ? "{}" : LABEL, metadata, podMetadata))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        on both                 | {annotations: {owner: a@example.com}} | {annotations: {owner: a@example.com}} | -
        on the CronJob only     | {annotations: {owner: a@example.com}} | {}                                    | REQUIRED pod.metadata.annotations[owner]
        another value           | {annotations: {owner: a@example.org}} | {annotations: {owner: a@example.com}} | INVALID metadata.annotations[owner]
        far too long            | {annotations: {owner: LONG}}          | {annotations: {owner: a@example.com}} | TOO_LONG metadata.annotations[owner]
        """)
    void looksForAnnotations(String story, String metadata, String podMetadata, String findings) throws Exception {
        assertThat(found(ANNOTATION, metadata.replace("LONG", "a".repeat(2000) + "@example.com"), podMetadata))
                .isEqualTo(findings);
    }

    private static String found(String parameters, String metadata, String podMetadata) throws Exception {
        ObjectNode cronJob = Yaml.pipeline("{jobTemplate: {spec: {template: {}}}}");
        cronJob.set("metadata", Yaml.tree(metadata));
        cronJob.withObject("/spec/jobTemplate/spec/template").set("metadata", Yaml.tree(podMetadata));
        return RuleRun.findings("labels", parameters, cronJob).replace("spec.jobTemplate.spec.template.", "pod.");
    }
}
