package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        again on failure              | {}                | {restartPolicy: OnFailure}   | -
        never                         | {}                | {restartPolicy: Never}       | -
        always                        | {}                | {restartPolicy: Always}      | early NOT_SUPPORTED restartPolicy
        left out, which means always  | {}                | {}                           | early NOT_SUPPORTED restartPolicy
        unknown                       | {}                | {restartPolicy: Sometimes}   | early NOT_SUPPORTED restartPolicy
        another case                  | {}                | {restartPolicy: never}       | early NOT_SUPPORTED restartPolicy
        one that the policy allows    | {allow: [Never]}  | {restartPolicy: Never}       | -
        one that it does not allow    | {allow: [Never]}  | {restartPolicy: OnFailure}   | NOT_SUPPORTED restartPolicy
        """)
    void checksThePod(String story, String parameters, String podSpec, String findings) throws Exception {
        assertThat(RuleRun.findings("restartPolicy", parameters, Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }
}
