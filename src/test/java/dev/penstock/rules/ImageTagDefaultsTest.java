package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTagDefaultsTest {
    private static final String POLICY = "{image: {tag: stable}}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an untagged image            | {containers: [{image: 'registry:5000/a'}]}    | containers[0].image (completed from registry:5000/a) | containers[0].image
        of an init container         | {initContainers: [{image: a}]}                | initContainers[0].image (completed from a)           | initContainers[0].image
        a tagged one                 | {containers: [{image: 'a:1'}]}                | -                                                    | -
        no image                     | {containers: [{name: a}, {image: ''}, {image: null}]} | -                                            | -
        no reference                 | {containers: [{image: A}]}                    | -                                                    | -
        """)
    void completeWhatTheAuthorWroteAndSaySo(String story, String podSpec, String changes, String notices)
            throws Exception {
        Filling filling = Filling.by(new ImageTagDefaults(), POLICY, Yaml.pipelineOfPod(podSpec));
        assertThat(filling.changes()).isEqualTo(changes);
        assertThat(filling.notices()).isEqualTo(notices);
    }

    @Test
    void doNothingWithoutATag() throws Exception {
        assertThat(Filling.by(new ImageTagDefaults(), "{}", Yaml.pipelineOfPod("{containers: [{image: a}]}"))
                        .changes())
                .isEqualTo("-");
    }

    @Test
    void leaveAloneWhatWasFilledInWhole() throws Exception {
        Defaults both = draft -> {
            new ContainersDefaults().fill(draft);
            new ImageTagDefaults().fill(draft);
        };
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a}]}");
        cronJob.withObject("/metadata/annotations").put(PipelineLabel.IMAGE, "a");
        Filling filling = Filling.by(both, POLICY, cronJob);
        assertThat(filling.container()).isEqualTo(Yaml.tree("{name: a, image: 'a:stable'}"));
        assertThat(filling.changes()).isEqualTo("containers[a].image (annotation penstock.dev/image)");
        assertThat(filling.notices()).isEqualTo("-");
    }
}
