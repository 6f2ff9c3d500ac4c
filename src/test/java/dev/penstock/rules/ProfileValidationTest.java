package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
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
}
