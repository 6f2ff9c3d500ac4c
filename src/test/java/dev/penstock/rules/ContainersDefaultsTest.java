package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainersDefaultsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no list                        | {}                                         | {containers: [{name: ml-pipeline-container, image: 'a:1'}]}
        null                           | {containers: null}                         | {containers: [{name: ml-pipeline-container, image: 'a:1'}]}
        an empty list                  | {containers: []}                           | {containers: [{name: ml-pipeline-container, image: 'a:1'}]}
        init containers alone          | {initContainers: [{name: i, image: 'i:1'}]} | {initContainers: [{name: i, image: 'i:1'}], containers: [{name: ml-pipeline-container, image: 'a:1'}]}
        an init container without image | {initContainers: [{name: i}]}             | {initContainers: [{name: i, image: 'a:1'}], containers: [{name: ml-pipeline-container, image: 'a:1'}]}
        a container without image      | {containers: [{name: b}]}                  | {containers: [{name: b, image: 'a:1'}]}
        an empty image                 | {containers: [{name: b, image: ''}]}       | {containers: [{name: b, image: 'a:1'}]}
        an image that is null          | {containers: [{name: b, image: null}]}     | {containers: [{name: b, image: 'a:1'}]}
        one of two without image       | {containers: [{name: b}, {name: c, image: 'c:1'}]} | {containers: [{name: b, image: 'a:1'}, {name: c, image: 'c:1'}]}
        two without image              | {containers: [{name: b}, {name: c}]}       | {containers: [{name: b, image: 'a:1'}, {name: c, image: 'a:1'}]}
        an init container beside one   | {initContainers: [{name: i}], containers: [{name: b, image: 'b:1'}]} | {initContainers: [{name: i, image: 'a:1'}], containers: [{name: b, image: 'b:1'}]}
        a container with another image | {containers: [{name: b, image: 'b:1'}]}    | {containers: [{name: b, image: 'b:1'}]}
        """)
    void fillInTheAnnotationsImage(String story, String podSpec, String filled) throws Exception {
        assertThat(fill("{}", "a:1", podSpec).podSpec()).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        it makes the container       | {}                                      | -
        it fills in an image         | {containers: [{name: b}]}               | -
        a container has it already   | {containers: [{name: b, image: 'a:1'}]} | -
        every container has another  | {containers: [{name: b, image: 'b:1'}]} | metadata.annotations[penstock.dev/image]
        """)
    void tellWhereTheAnnotationIsNotUsed(String story, String podSpec, String notices) throws Exception {
        assertThat(fill("{}", "a:1", podSpec).notices()).isEqualTo(notices);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        made by the annotation   | {}                        | containers[ml-pipeline-container] (made), containers[ml-pipeline-container].image (annotation penstock.dev/image)
        filled in by it          | {containers: [{name: b}]} | containers[b].image (annotation penstock.dev/image)
        nothing                  | {containers: [{name: b, image: 'b:1'}]} | -
        """)
    void tellWhereItComesFrom(String story, String podSpec, String changes) throws Exception {
        assertThat(fill("{}", "a:1", podSpec).changes()).isEqualTo(changes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        no annotation            | {metadata: {}}
        null                     | {metadata: {annotations: {penstock.dev/image: null}}}
        an empty one             | {metadata: {annotations: {penstock.dev/image: ''}}}
        a blank one              | {metadata: {annotations: {penstock.dev/image: '  '}}}
        """)
    void doNothingWithoutAnImage(String story, String object) throws Exception {
        Filling filling = Filling.by(new ContainersDefaults(), "{}", Yaml.object(object));
        assertThat(filling).isEqualTo(new Filling(Yaml.tree(object), "-", "-"));
    }

    @Test
    void takeTheImageWithoutBlanks() throws Exception {
        assertThat(fill("{}", " a:1\n", "{}").container().path("image").textValue())
                .isEqualTo("a:1");
    }

    @Test
    void nameTheContainerAndTagTheImageAsThePolicySays() throws Exception {
        assertThat(fill("{containerName: main, image: {tag: stable}}", "a", "{}")
                        .container())
                .isEqualTo(Yaml.tree("{name: main, image: 'a:stable'}"));
    }

    private static Filling fill(String policy, String image, String podSpec) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod(podSpec);
        cronJob.withObject("/metadata/annotations").put("penstock.dev/image", image);
        return Filling.by(new ContainersDefaults(), policy, cronJob);
    }
}
