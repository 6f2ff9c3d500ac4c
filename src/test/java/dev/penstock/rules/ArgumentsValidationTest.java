package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        arguments                         | {}               | [{args: [x]}]                | -
        a command                         | {}               | [{command: [x]}]             | -
        neither                           | {}               | [{name: a}]                  | REQUIRED containers[0].args
        empty lists                       | {}               | [{args: [], command: []}]    | REQUIRED containers[0].args
        neither, and none is required     | {require: false} | [{name: a}]                  | -
        a sidecar without                 | {}               | [{args: [x]}, {name: b}]     | -
        the first without                 | {}               | [{name: b}, {args: [x]}]     | REQUIRED containers[0].args
        no container                      | {}               | []                           | -
        """)
    void checksTheMainContainer(String story, String parameters, String containers, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: " + containers + "}");
        assertThat(RuleRun.findings("arguments", parameters, cronJob)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the one that the annotation names | main  | REQUIRED containers[1].args
        the first where it names none     | other | -
        """)
    void findsTheMainContainer(String story, String named, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: proxy, args: [x]}, {name: main}]}");
        cronJob.withObject("/spec/jobTemplate/spec/template/metadata/annotations")
                .put("kubectl.kubernetes.io/default-container", named);
        assertThat(RuleRun.findings("arguments", "{}", cronJob)).isEqualTo(findings);
    }
}
