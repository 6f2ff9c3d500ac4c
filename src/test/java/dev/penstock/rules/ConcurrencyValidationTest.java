package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcurrencyValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        any, by default               | {}                         | {concurrencyPolicy: Replace} | -
        one that is allowed           | {allow: [Forbid, Replace]} | {concurrencyPolicy: Forbid}  | -
        one that is not               | {allow: [Forbid, Replace]} | {concurrencyPolicy: Allow}   | NOT_SUPPORTED spec.concurrencyPolicy
        left out, which means Allow   | {allow: [Forbid, Replace]} | {}                           | NOT_SUPPORTED spec.concurrencyPolicy
        left out where that is well   | {allow: [Allow]}           | {}                           | -
        empty, which means Allow      | {allow: [Forbid, Replace]} | {concurrencyPolicy: ''}      | NOT_SUPPORTED spec.concurrencyPolicy
        empty where that is well      | {allow: [Allow]}           | {concurrencyPolicy: ''}      | -
        what Kubernetes refuses       | {allow: [Forbid]}          | {concurrencyPolicy: forbid}  | early NOT_SUPPORTED spec.concurrencyPolicy
        """)
    void checksThePolicy(String story, String parameters, String spec, String findings) throws Exception {
        assertThat(RuleRun.findings("concurrency", parameters, Yaml.pipeline(spec)))
                .isEqualTo(findings);
    }
}
