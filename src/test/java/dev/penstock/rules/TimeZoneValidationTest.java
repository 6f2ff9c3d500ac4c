package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeZoneValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        none                          | {}              | {}                                | -
        none, and one is required     | {require: true} | {}                                | REQUIRED spec.timeZone
        null, and one is required     | {require: true} | {timeZone: null}                  | REQUIRED spec.timeZone
        one that is required          | {require: true} | {timeZone: Etc/UTC}               | -
        one that there is             | {}              | {timeZone: Europe/Berlin}         | -
        one that there is not         | {}              | {timeZone: Europe/Munich}         | early INVALID spec.timeZone
        another case                  | {}              | {timeZone: europe/berlin}         | early INVALID spec.timeZone
        an offset                     | {}              | {timeZone: UTC+3}                 | early INVALID spec.timeZone
        an empty one                  | {}              | {timeZone: ''}                    | early INVALID spec.timeZone
        one wrong where one is required | {require: true} | {timeZone: Munich}              | early INVALID spec.timeZone
        """)
    void checksTheZone(String story, String parameters, String spec, String findings) throws Exception {
        assertThat(RuleRun.findings("timeZone", parameters, Yaml.pipeline(spec)))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a run that is skipped         | {schedule: 30 2 * * *, timeZone: Europe/Berlin}     | warn INVALID spec.timeZone
        a run that is repeated        | {schedule: 30 1 * * *, timeZone: America/New_York}  | warn INVALID spec.timeZone
        a run that is the last        | {schedule: 50 3 * * *, timeZone: Pacific/Chatham}   | INVALID spec.timeZone
        a run by day                  | {schedule: 0 12 * * *, timeZone: Europe/Berlin}     | -
        each hour                     | {schedule: 0 * * * *, timeZone: Europe/Berlin}      | -
        no daylight saving            | {schedule: 30 2 * * *, timeZone: Asia/Tokyo}        | -
        no schedule that is one       | {schedule: x, timeZone: Europe/Berlin}              | -
        """)
    void warnsOfClockChanges(String story, String spec, String findings) throws Exception {
        assertThat(RuleRun.findings("timeZone", "{}", Yaml.pipeline(spec))).isEqualTo(findings);
    }
}
