package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTagValidationTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a version                         | {}                                | 'app:1'               | -
        no tag                            | {}                                | 'app'                 | INVALID containers[0].image
        a port is no tag                  | {}                                | 'registry:5000/app'   | INVALID containers[0].image
        latest                            | {}                                | 'app:latest'          | INVALID containers[0].image
        a digest                          | {}                                | 'app@sha256:HEX'      | -
        latest with a digest              | {}                                | 'app:latest@sha256:HEX' | -
        no image                          | {}                                | null                  | -
        an empty image                    | {}                                | ''                    | -
        no reference                      | {}                                | 'App:1'               | INVALID containers[0].image
        latest, and nothing is forbidden  | {forbid: []}                      | 'app:latest'          | -
        a tag that is forbidden           | {forbid: [latest, 'dev-*']}       | 'app:dev-7'           | INVALID containers[0].image
        a tag that is not                 | {forbid: [latest, 'dev-*']}       | 'app:dev7'            | -
        a tag that is allowed             | {allow: ['v*', '1.*']}            | 'app:1.0'             | -
        a tag that is not allowed         | {allow: ['v*', '1.*']}            | 'app:2.0'             | INVALID containers[0].image
        allowed and forbidden             | {allow: ['v*'], forbid: [v1]}     | 'app:v1'              | INVALID containers[0].image
        a digest, whatever is allowed     | {forbid: ['*']}                   | 'app:1@sha256:HEX'    | -
        a tag where a digest is required  | {requireDigest: true}             | 'app:1'               | INVALID containers[0].image
        no tag where a digest is required | {requireDigest: true}             | 'app'                 | INVALID containers[0].image
        a digest that is required         | {requireDigest: true}             | 'app@sha256:HEX'      | -
        """)
    void checksTheImage(String story, String parameters, String image, String findings) throws Exception {
        String podSpec = "{containers: [{name: a, image: " + image.replace("HEX", HEX) + "}]}";
        assertThat(RuleRun.findings("imageTag", parameters, Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        capitals                   | registry.example.com/Team/A:1 | in lower case
        a digest that is cut off   | registry.example.com/a@sha256:abc | 64 hex digits
        """)
    void saysWhatIsWrongWithWhatIsNoReference(String story, String image, String said) throws Exception {
        assertThat(RuleRun.under("{rules: {imageTag: {action: Deny, requireDigest: true}}}")
                        .check(Yaml.pipelineOfPod("{containers: [{name: a, args: [x], image: '" + image + "'}]}")))
                .extracting(Finding::message)
                .anyMatch(message -> message.contains(said) && message.endsWith("(rule imageTag)"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        init containers first | {initContainers: [{image: a}], containers: [{image: 'b:1'}, {image: c}]} | INVALID initContainers[0].image, INVALID containers[1].image
        mounted images        | {volumes: [{name: a, image: {reference: a}}, {name: b}]}               | INVALID volumes[0].image.reference
        no containers         | {}                                                                     | -
        """)
    void checksEachImage(String story, String podSpec, String findings) throws Exception {
        assertThat(RuleRun.findings("imageTag", "{}", Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }

    @Test
    void namesEachGlobThatNoTagCanMatch() {
        assertThatThrownBy(() ->
                        RuleRun.under("{rules: {imageTag: {forbid: ['^dev-.*$', latest, 'v[0-9]+', '!stable']}}}"))
                .hasMessage(
                        "spec.rules.imageTag.forbid: must be tags, in which * stands for any text, such as dev-*, and"
                                + " not \"^dev-.*$\", \"v[0-9]+\", \"!stable\"");
    }
}
