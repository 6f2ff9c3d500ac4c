package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;
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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the image                        | containers/0/image
        the whole list                   | containers
        """)
    void completeWhatWasFilledInWithoutAWord(String story, String filledIn) throws Exception {
        Defaults both = draft -> {
            EditableField containers = draft.podSpec().at("containers");
            if (draft.podSpec().at("containers").elements().stream()
                    .noneMatch(container -> container.at("image").isPresent())) {
                if (filledIn.equals("containers")) {
                    containers.set(Yaml.tree("[{name: a, image: a}]"), Reason.policy("test"));
                } else {
                    containers.elements().get(0).at("image").set("a", Reason.policy("test"));
                }
            }
            new ImageTagDefaults().fill(draft);
        };
        Filling filling = Filling.by(both, POLICY, Yaml.pipelineOfPod("{containers: [{name: a}]}"));
        assertThat(filling.container()).isEqualTo(Yaml.tree("{name: a, image: 'a:stable'}"));
        assertThat(filling.notices()).isEqualTo("-");
    }
}
