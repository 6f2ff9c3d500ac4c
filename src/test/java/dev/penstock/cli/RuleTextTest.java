package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.rules.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleTextTest {
    static List<RuleText> texts() {
        return RuleText.all();
    }

    @Test
    void thereIsOneForEachRule() {
        assertThat(texts()).extracting(RuleText::id).containsExactlyInAnyOrderElementsOf(Rules.ids());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void saysWhatTheRuleIsAndHowToMendWhatItFinds(RuleText rule) {
        assertThat(rule.summary()).endsWith(".").doesNotContain("\n");
        assertThat(rule.description()).startsWith(rule.summary()).contains("Built-in action: `");
        assertThat(rule.help())
                .startsWith(rule.summary().substring(0, 20))
                .contains("To mend it, ")
                .doesNotContain("```", "](");
    }
}
