package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        any number by default      | {}       | {backoffLimit: 100}       | -
        as many as may be          | {max: 3} | {backoffLimit: 3}         | -
        more                       | {max: 3} | {backoffLimit: 4}         | INVALID spec.jobTemplate.spec.backoffLimit
        none                       | {max: 0} | {backoffLimit: 0}         | -
        left out, which means six  | {max: 5} | {}                        | REQUIRED spec.jobTemplate.spec.backoffLimit
        null, which means six      | {max: 5} | {backoffLimit: null}      | REQUIRED spec.jobTemplate.spec.backoffLimit
        left out, and six may be   | {max: 6} | {}                        | -
        left out, which means any number | {max: 6} | {backoffLimitPerIndex: 1} | REQUIRED spec.jobTemplate.spec.backoffLimit
        """)
    void checksTheLimit(String story, String parameters, String job, String findings) throws Exception {
        assertThat(RuleRun.findings("retries", parameters, Yaml.pipeline("{jobTemplate: {spec: " + job + "}}")))
                .isEqualTo(findings);
    }
}
