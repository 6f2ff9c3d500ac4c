package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "ml-[a-z]+, ml-churn, true",
        "ml-[a-z]+, ml-churn2, false",
        "ml-[a-z]+, xml-churn, false",
        "a|ab, ab, true",
        ".*, '', true"
    })
    void matchesTheWhole(String pattern, String value, boolean matches) throws Exception {
        assertThat(Regex.of(pattern).matches(value)).isEqualTo(matches);
    }

    @Test
    void takesNoValueHostage() throws Exception {
        Regex regex = Regex.of("(a+)+b");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> regex.matches("a".repeat(10_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "(", "*", "a{1001}", "(?=a)", "\\1"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Regex.of(text)).isInstanceOf(Regex.InvalidRegexException.class);
    }

    @Test
    void isShownAsWritten() throws Exception {
        assertThat(Regex.of("a|b")).hasToString("a|b");
    }
}
