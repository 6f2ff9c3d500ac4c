package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a run that never ends | {}               | {containers: [{name: a}, {name: b, restartPolicy: Always}]} | NOT_SUPPORTED containers[1].restartPolicy
        one that is allowed   | {}               | {containers: [{name: a, restartPolicy: OnFailure}]}         | -
        one that is not       | {allow: [Never]} | {containers: [{name: a, restartPolicy: OnFailure}]}         | NOT_SUPPORTED containers[0].restartPolicy
        a sidecar             | {}               | {initContainers: [{name: a, restartPolicy: Always}]}        | -
        """)
    void checksEachContainersOwn(String story, String parameters, String podSpec, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod(podSpec);
        cronJob.withObject("/spec/jobTemplate/spec/template/spec").put("restartPolicy", "Never");
        assertThat(RuleRun.findings("restartPolicy", parameters, cronJob)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        steps that never restart | extract, train | {restartPolicy: Never}     | warn INVALID restartPolicy
        steps that restart       | extract, train | {restartPolicy: OnFailure} | -
        a step alone             | train          | {restartPolicy: Never}     | -
        steps not made           | extract, train | {restartPolicy: Never, containers: [{name: a, image: 'a:1'}]} | -
        """)
    void warnsOfStepsThatAllRunAgain(String story, String tasks, String podSpec, String findings) throws Exception {
        ObjectNode cronJob = StepsTest.pipeline(tasks, podSpec);
        StepsTest.fill("{}", cronJob);
        assertThat(RuleRun.findings("restartPolicy", "{}", cronJob)).isEqualTo(findings);
    }
}
