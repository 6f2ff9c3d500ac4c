package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePullPolicyDefaultsTest {
    private static final String POLICY = "{image: {tag: stable, mutableTags: [nightly]}}";
    private static final Defaults AFTER_THE_TAG = draft -> {
        new ImageTagDefaults().fill(draft);
        new ImagePullPolicyDefaults().fill(draft);
    };

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a version, left out                  | {image: 'a:1'}                                   | IfNotPresent
        a version, filled in                 | {image: 'a:1', imagePullPolicy: IfNotPresent}    | IfNotPresent
        a version that the author pulls      | {image: 'a:1', imagePullPolicy: Always}          | Always
        a version that is never pulled       | {image: 'a:1', imagePullPolicy: Never}           | Never
        latest, left out                     | {image: 'a:latest'}                              | Always
        latest, filled in                    | {image: 'a:latest', imagePullPolicy: Always}     | Always
        latest that the author keeps         | {image: 'a:latest', imagePullPolicy: IfNotPresent} | IfNotPresent
        a moving tag, left out               | {image: 'a:nightly'}                             | Always
        a moving tag, filled in as fixed     | {image: 'a:nightly', imagePullPolicy: IfNotPresent} | Always
        a moving tag that is never pulled    | {image: 'a:nightly', imagePullPolicy: Never}     | Never
        untagged, left out                   | {image: a}                                       | IfNotPresent
        untagged, filled in as latest        | {image: a, imagePullPolicy: Always}              | IfNotPresent
        untagged that the author keeps       | {image: a, imagePullPolicy: IfNotPresent}        | IfNotPresent
        a digest, left out                   | {image: 'a@sha256:HEX'}                          | IfNotPresent
        latest with a digest, filled in      | {image: 'a:latest@sha256:HEX', imagePullPolicy: Always} | IfNotPresent
        an empty value                       | {image: 'a:1', imagePullPolicy: null}            | IfNotPresent
        """)
    void followTheImage(String story, String container, String pullPolicy) throws Exception {
        ObjectNode cronJob =
                Yaml.pipelineOfPod("{containers: [" + container.replace("HEX", "0123456789abcdef".repeat(4)) + "]}");
        Filling filling = Filling.by(AFTER_THE_TAG, POLICY, cronJob);
        assertThat(filling.container().path("imagePullPolicy").textValue()).isEqualTo(pullPolicy);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no image        | {name: a}
        an empty one    | {image: ''}
        no reference    | {image: A, imagePullPolicy: Always}
        """)
    void doNothingWithoutAnImage(String story, String container) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [" + container + "]}");
        assertThat(Filling.by(AFTER_THE_TAG, POLICY, cronJob).changes()).isEqualTo("-");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the author applied it         | {"name":"a","imagePullPolicy":"Always"} | Always
        the author applied it not     | {"name":"a"}                            | IfNotPresent
        """)
    void keepWhatTheAuthorApplied(String story, String applied, String pullPolicy) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a, image: a, imagePullPolicy: Always}]}");
        cronJob.withObject("/metadata/annotations")
                .put(
                        "kubectl.kubernetes.io/last-applied-configuration",
                        "{\"spec\":{\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":{\"containers\":[" + applied
                                + "]}}}}}}");
        Filling filling = Filling.by(AFTER_THE_TAG, POLICY, cronJob);
        assertThat(filling.container().path("imagePullPolicy").textValue()).isEqualTo(pullPolicy);
    }

    @Test
    void reachEveryContainer() throws Exception {
        ObjectNode cronJob =
                Yaml.pipelineOfPod("{initContainers: [{image: 'a:1'}], containers: [{image: 'b:latest'}]}");
        assertThat(Filling.by(AFTER_THE_TAG, POLICY, cronJob).changes())
                .isEqualTo("initContainers[0].imagePullPolicy (derived from image), "
                        + "containers[0].imagePullPolicy (derived from image)");
    }
}
