package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Field;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelRemovedValidationTest {
    private static final String PATH = "metadata.labels[penstock.dev/pipeline]";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        by the built-in policy | {}                             | Warn
        denied                 | {labelRemoved: {action: Deny}} | Deny
        """)
    void objectsToTheLabelThatIsGone(String story, String rules, String action) throws Exception {
        assertThat(RuleRun.rules(rules).checkLabelRemoved(pipeline()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("labelRemoved");
                    assertThat(finding.kind()).isEqualTo(Finding.Kind.FORBIDDEN);
                    assertThat(finding.path()).hasToString(PATH);
                    assertThat(finding.action()).isEqualTo(Action.of(action).orElseThrow());
                });
    }

    @Test
    void canBeIgnored() throws Exception {
        assertThat(RuleRun.rules("{labelRemoved: {action: Ignore}}").checkLabelRemoved(pipeline()))
                .isEmpty();
    }

    @Test
    void isNoRuleOfAPipeline() throws Exception {
        assertThat(RuleRun.findings("labelRemoved", "{}", Yaml.pipeline("{}"))).isEqualTo("-");
    }

    private static Pipeline pipeline() throws Exception {
        Field cronJob = Field.of(Yaml.object("{metadata: {name: churn}}"));
        return new Pipeline(cronJob, Intent.of(cronJob), "ml", RuleRun.effective("{}"), Instant.EPOCH);
    }
}
