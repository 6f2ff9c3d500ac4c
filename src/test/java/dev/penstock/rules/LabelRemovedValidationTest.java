package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import java.util.List;
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
        assertThat(check("{rules: " + rules + "}")).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("labelRemoved");
            assertThat(finding.kind()).isEqualTo(Finding.Kind.FORBIDDEN);
            assertThat(finding.path()).hasToString(PATH);
            assertThat(finding.action()).isEqualTo(Action.of(action).orElseThrow());
        });
    }

    @Test
    void canBeIgnored() throws Exception {
        assertThat(check("{rules: {labelRemoved: {action: Ignore}}}")).isEmpty();
    }

    @Test
    void isNoRuleOfAPipeline() throws Exception {
        assertThat(RuleRun.findings("labelRemoved", "{}", Yaml.pipeline("{}"))).isEqualTo("-");
    }

    private static List<Finding> check(String spec) throws Exception {
        RuleRun.Under under = RuleRun.under(spec);
        return under.rules().checkLabelRemoved(under.pipeline(Yaml.object("{metadata: {name: churn}}")));
    }
}
