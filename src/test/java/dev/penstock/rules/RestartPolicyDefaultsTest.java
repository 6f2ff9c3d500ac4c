package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyDefaultsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        beside a failure policy, left out   | {rules: []} | {}                         | {restartPolicy: Never}
        beside it, filled in                | {rules: []} | {restartPolicy: Always}    | {restartPolicy: Never}
        beside it, the author's             | {rules: []} | {restartPolicy: OnFailure} | {restartPolicy: OnFailure}
        beside none                         | null        | {restartPolicy: Always}    | {restartPolicy: Always}
        """)
    void areNeverBesideAFailurePolicy(String story, String failurePolicy, String podSpec, String filled)
            throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod(podSpec);
        cronJob.withObject("/spec/jobTemplate/spec").set("podFailurePolicy", Yaml.tree(failurePolicy));
        Filling filling = Filling.by(new RestartPolicyDefaults(), "{}", cronJob);
        assertThat(filling.podSpec()).isEqualTo(Yaml.tree(filled));
    }
}
