package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        no profile            | default  | -
        no profile, as a flag | true     | -
        an unknown one        | training | early NOT_SUPPORTED metadata.labels[penstock.dev/pipeline]
        another case          | Default  | early NOT_SUPPORTED metadata.labels[penstock.dev/pipeline]
        nothing               | ``       | early NOT_SUPPORTED metadata.labels[penstock.dev/pipeline]
        """)
    void knowsTheLabelsValue(String story, String label, String findings) throws Exception {
        ObjectNode cronJob = Yaml.object("{metadata: {labels: {}}}");
        ((ObjectNode) cronJob.at("/metadata/labels")).put("penstock.dev/pipeline", label);
        assertThat(RuleRun.findings("profile", "{}", cronJob)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a known one             | training       | -
        a slip                  | trainig        | "default", "true", "batch-scoring", "training"; did you mean training?
        another case            | TRAINING       | "default", "true", "batch-scoring", "training"; did you mean training?
        the nearest of several  | batch-storing  | "default", "true", "batch-scoring", "training"; did you mean batch-scoring?
        one of those that choose none | defualt  | "default", "true", "batch-scoring", "training"; did you mean default?
        nothing like any        | gpu            | "default", "true", "batch-scoring", "training"
        nothing                 | ''             | "default", "true", "batch-scoring", "training"
        """)
    void namesTheKnownOnesAndTheNearest(String story, String label, String values) throws Exception {
        ObjectNode cronJob = Yaml.pipeline("{}");
        cronJob.withObject("/metadata/labels").put("penstock.dev/pipeline", label);
        List<Finding> findings =
                RuleRun.under("{profiles: {training: {}, batch-scoring: {}}}").check(cronJob);
        assertThat(findings)
                .filteredOn(finding -> finding.rule().equals("profile"))
                .extracting(Finding::detail)
                .isEqualTo(values.equals("-") ? List.of() : List.of("supported values: " + values));
    }

    @Test
    void looksForNoneNearAnEndlessLabel() throws Exception {
        ObjectNode cronJob = Yaml.pipeline("{}");
        cronJob.withObject("/metadata/labels").put("penstock.dev/pipeline", "x".repeat(1_000_000));
        assertThat(RuleRun.under("{profiles: {training: {}}}").check(cronJob))
                .filteredOn(finding -> finding.rule().equals("profile"))
                .hasSize(1);
    }
}
