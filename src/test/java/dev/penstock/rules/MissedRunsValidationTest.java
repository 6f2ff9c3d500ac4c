package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissedRunsValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no deadline                 | {}                               | -
        as long as a round          | {startingDeadlineSeconds: 10}    | -
        shorter than a round        | {startingDeadlineSeconds: 9}     | INVALID spec.startingDeadlineSeconds
        none at all                 | {startingDeadlineSeconds: 0}     | INVALID spec.startingDeadlineSeconds
        what Kubernetes refuses     | {startingDeadlineSeconds: -1}    | -
        """)
    void checksTheDeadline(String story, String spec, String findings) throws Exception {
        assertThat(RuleRun.findings("missedRuns", "{}", Yaml.pipeline(spec))).isEqualTo(findings);
    }
}
