package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerNameValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a container with a name        | {containers: [{name: a}]}                    | -
        one without                    | {containers: [{image: x}]}                   | early REQUIRED containers[0].name
        an empty name                  | {containers: [{name: a}, {name: ''}]}        | early REQUIRED containers[1].name
        a name that is null            | {containers: [{name: null}]}                 | early REQUIRED containers[0].name
        an element that is null        | {containers: [null]}                         | early REQUIRED containers[0].name
        two without                    | {containers: [{}, {}]}                       | early REQUIRED containers[0].name, early REQUIRED containers[1].name
        an init container without      | {initContainers: [{}], containers: [{name: a}]} | early REQUIRED initContainers[0].name
        no container                   | {containers: []}                             | early REQUIRED containers
        no list                        | {}                                           | early REQUIRED containers
        init containers alone          | {initContainers: [{name: a}]}                | early REQUIRED containers
        """)
    void checksEachContainer(String story, String podSpec, String findings) throws Exception {
        assertThat(RuleRun.findings("containerName", "{}", Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }
}
