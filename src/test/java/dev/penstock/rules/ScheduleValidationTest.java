package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        every night                      | {schedule: 0 1 * * *}                          | -
        a descriptor                     | {schedule: '@daily'}                           | -
        none                             | {}                                             | early REQUIRED spec.schedule
        null                             | {schedule: null}                               | early REQUIRED spec.schedule
        an empty one                     | {schedule: ''}                                 | early REQUIRED spec.schedule
        what Kubernetes refuses          | {schedule: 0 0 * * 7}                          | early INVALID spec.schedule
        six fields                       | {schedule: 0 0 1 * * *}                        | early INVALID spec.schedule
        a malformed H                    | {schedule: H(5-70) 2 * * *}                    | early INVALID spec.schedule
        a day that never comes           | {schedule: 0 0 31 2 *}                         | INVALID spec.schedule
        a leap day                       | {schedule: 0 0 29 2 *}                         | -
        an hour that a zone never skips for good | {schedule: 30 2 * * *, timeZone: Europe/Berlin} | -
        a zone that there is not         | {schedule: 0 1 * * *, timeZone: Nowhere}       | -
        a delay below a minute           | {schedule: '@every 59s'}                       | warn INVALID spec.schedule
        a delay of a minute              | {schedule: '@every 1m'}                        | -
        a step larger than its range     | {schedule: '*/90 * * * *'}                     | INVALID spec.schedule
        a step that is not even          | {schedule: '*/7 * * * *'}                      | warn INVALID spec.schedule
        two odd steps                    | {schedule: '*/90 */5 * * *'}                   | INVALID spec.schedule, warn INVALID spec.schedule
        an even step                     | {schedule: '*/15 * * * *'}                     | -
        """)
    void checksTheSchedule(String story, String spec, String findings) throws Exception {
        assertThat(RuleRun.findings("schedule", "{}", Yaml.pipeline(spec))).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        as often as may be        | 15m  | {schedule: '*/15 * * * *'}                       | -
        more often                | 15m  | {schedule: '*/14 * * * *'}                       | warn INVALID spec.schedule, INVALID spec.schedule
        more often only at times  | 1h   | {schedule: '0,30 1 1 * *'}                       | INVALID spec.schedule
        a delay                   | 15m  | {schedule: '@every 15m'}                         | -
        a shorter delay           | 15m  | {schedule: '@every 14m59s'}                      | INVALID spec.schedule
        seconds                   | 90s  | {schedule: '* * * * *'}                          | INVALID spec.schedule
        each day                  | 24h  | {schedule: 0 1 * * *}                            | -
        each day, as clocks change | 24h | {schedule: 0 1 * * *, timeZone: Europe/Berlin}   | INVALID spec.schedule
        twice on an autumn night  | 61m  | {schedule: 30 2 * * *, timeZone: Europe/Berlin}  | INVALID spec.schedule
        never                     | 24h  | {schedule: 0 0 31 2 *}                           | INVALID spec.schedule
        """)
    void checksTheTimeBetweenRuns(String story, String min, String spec, String findings) throws Exception {
        assertThat(RuleRun.findings("schedule", "{minInterval: " + min + "}", Yaml.pipeline(spec)))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        refused             | 0 0 * * 7    | early audit INVALID spec.schedule
        a larger step       | */90 * * * * | audit INVALID spec.schedule
        an uneven step      | */7 * * * *  | audit INVALID spec.schedule
        """)
    void makesNothingStrongerThanItsAction(String story, String schedule, String findings) throws Exception {
        assertThat(RuleRun.findings("schedule", "{action: Audit}", Yaml.pipeline("{schedule: '" + schedule + "'}")))
                .isEqualTo(findings);
    }
}
