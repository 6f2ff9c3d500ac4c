package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePullPolicyValidationTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a version that is kept             | {image: 'app:1', imagePullPolicy: IfNotPresent}       | -
        a version that is pulled           | {image: 'app:1', imagePullPolicy: Always}             | -
        a moving tag that is pulled        | {image: 'app:latest', imagePullPolicy: Always}        | -
        a moving tag that is kept          | {image: 'app:latest', imagePullPolicy: IfNotPresent}  | INVALID containers[0].imagePullPolicy
        a moving tag that is never pulled  | {image: 'app:latest', imagePullPolicy: Never}         | INVALID containers[0].imagePullPolicy
        no tag that is kept                | {image: app, imagePullPolicy: IfNotPresent}           | INVALID containers[0].imagePullPolicy
        a digest that is pulled            | {image: 'app@sha256:HEX', imagePullPolicy: Always}    | INVALID containers[0].imagePullPolicy
        a digest that is kept              | {image: 'app:latest@sha256:HEX', imagePullPolicy: IfNotPresent} | -
        no pull policy                     | {image: 'app:latest'}                                 | -
        an empty one, which is Always      | {image: 'app:latest', imagePullPolicy: ''}            | -
        one of a digest, which is not      | {image: 'app@sha256:HEX', imagePullPolicy: ''}        | -
        no image                           | {imagePullPolicy: Always}                             | -
        no reference                       | {image: App, imagePullPolicy: Never}                  | -
        """)
    void checksTheContainer(String story, String container, String findings) throws Exception {
        String podSpec = "{containers: [" + container.replace("HEX", HEX) + "]}";
        assertThat(RuleRun.findings("imagePullPolicy", "{}", Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a mounted image    | {volumes: [{name: a, image: {reference: 'a:latest', pullPolicy: IfNotPresent}}]} | INVALID volumes[0].image.pullPolicy
        one that is pulled | {volumes: [{name: a, image: {reference: 'a:latest', pullPolicy: Always}}]}       | -
        one by default     | {volumes: [{name: a, image: {reference: 'a:latest'}}, {name: b}]}                | -
        a mounted digest   | {volumes: [{name: a, image: {reference: 'a@sha256:HEX', pullPolicy: Always}}]}   | INVALID volumes[0].image.pullPolicy
        an init container | {initContainers: [{image: 'a:latest', imagePullPolicy: Never}], containers: [{image: 'b:1', imagePullPolicy: Never}]} | INVALID initContainers[0].imagePullPolicy
        """)
    void checksEachContainer(String story, String podSpec, String findings) throws Exception {
        assertThat(RuleRun.findings("imagePullPolicy", "{}", Yaml.pipelineOfPod(podSpec.replace("HEX", HEX))))
                .isEqualTo(findings);
    }

    /** What the API server fills in then, which does not know which tags move. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a container's | {containers: [{name: a, image: 'a:stable', imagePullPolicy: ''}]}        | INVALID containers[0].imagePullPolicy
        a volume's    | {volumes: [{name: a, image: {reference: 'a:stable'}}]}                    | INVALID volumes[0].image.pullPolicy
        """)
    void knowsWhatStandsForOneThatIsLeftOut(String story, String podSpec, String findings) throws Exception {
        assertThat(RuleRun.findings(
                        "imagePullPolicy", "{}", "{image: {mutableTags: [stable]}}", Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }
}
