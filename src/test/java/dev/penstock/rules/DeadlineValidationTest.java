package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no time at all                | {action: Warn}           | {activeDeadlineSeconds: 0}    | INVALID deadline
        the shortest                  | {}                       | {activeDeadlineSeconds: 1}    | -
        none                          | {}                       | {}                            | -
        none, and one is required     | {require: true}          | {}                            | REQUIRED deadline
        null, and one is required     | {require: true}          | {activeDeadlineSeconds: null} | REQUIRED deadline
        one that is required          | {require: true}          | {activeDeadlineSeconds: 1}    | -
        as long as it may be          | {max: 4h}                | {activeDeadlineSeconds: 14400} | -
        longer                        | {max: 4h}                | {activeDeadlineSeconds: 14401} | INVALID deadline
        none, though there is a bound | {max: 4h}                | {}                            | -
        none, required and bounded    | {max: 4h, require: true} | {}                            | REQUIRED deadline
        """)
    void checksTheDeadline(String story, String parameters, String job, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipeline("{jobTemplate: {spec: " + job + "}}");
        assertThat(found(parameters, cronJob)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        just until the next run     | {schedule: '*/30 * * * *', concurrencyPolicy: Forbid}                         | 1800  | -
        longer                      | {schedule: '*/30 * * * *', concurrencyPolicy: Forbid}                         | 1801  | warn INVALID deadline
        longer, and both may run    | {schedule: '*/30 * * * *', concurrencyPolicy: Allow}                          | 1801  | -
        longer, and the new one wins | {schedule: '*/30 * * * *', concurrencyPolicy: Replace}                       | 1801  | -
        longer, and both by default | {schedule: '*/30 * * * *'}                                                    | 1801  | -
        longer than the shortest    | {schedule: '*/50 * * * *', concurrencyPolicy: Forbid}                         | 1200  | warn INVALID deadline
        longer than a delay         | {schedule: '@every 10m', concurrencyPolicy: Forbid}                           | 601   | warn INVALID deadline
        a repeated run              | {schedule: 30 2 * * *, timeZone: Europe/Berlin, concurrencyPolicy: Forbid}    | 3601  | warn INVALID deadline
        no schedule                 | {concurrencyPolicy: Forbid}                                                   | 9999  | -
        no schedule that is one     | {schedule: x, concurrencyPolicy: Forbid}                                      | 9999  | -
        """)
    void comparesWithTheTimeBetweenRuns(String story, String spec, int deadline, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipeline(spec);
        cronJob.withObject("/spec/jobTemplate/spec").put("activeDeadlineSeconds", deadline);
        assertThat(found("{}", cronJob)).isEqualTo(findings);
    }

    private static String found(String parameters, ObjectNode cronJob) throws Exception {
        return RuleRun.findings("deadline", parameters, cronJob)
                .replace("spec.jobTemplate.spec.activeDeadlineSeconds", "deadline");
    }
}
