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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(?:(?:[)(]{99,}b){0,100}?|c){2}",
                "([]{9)]{1000}[(]b){11}",
                "([[:alpha:])]{1000}[^](]b){11}",
                "(\\Q(\\E\\)\\x{28}a{1000}){11}",
                "(a{1000}){0,1000}",
                "[)-[:alpha:](a{1000}){1000}[a:]",
                "([\\d-[:alpha:])]a{1000}[(]){11}",
                "a{1000}?(?i){1000}\\Q\\E{1000}"
            })
    void refusesRepeatsOfRepeatsBeforeItCompilesThem(String text) {
        assertThatThrownBy(() -> Regex.of(text))
                .isInstanceOf(Regex.InvalidRegexException.class)
                .hasMessageContaining("longer than 10000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "\\x{", "\\p{", "[[:", "[a-", "(?", "{1,"})
    void looksThroughWhatHasNoEndOnce(String beginning) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> Regex.of(beginning.repeat(100_000)))
                        .isInstanceOf(Regex.InvalidRegexException.class));
    }

    @Test
    void refusesGroupsThatRunDeep() {
        assertThatThrownBy(() -> Regex.of("(?:a".repeat(5_000) + ")*".repeat(5_000)))
                .isInstanceOf(Regex.InvalidRegexException.class)
                .hasMessageContaining("more than 100 deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "([a-z]{1,63}\\.){1,4}[a-z]{1,63}",
                "a{1000}b{0,1000}",
                "(x{1,63}-){3}(y{1,63}-){3}(z{1,63}-){3}",
                "[(a-z0-9]{1000}\\({1000}\\x{1000}\\Q((((\\E{1000}"
            })
    void takesRepeatsThatStayShort(String text) throws Exception {
        assertThat(Regex.of(text)).hasToString(text);
    }

    @Test
    void isShownAsWritten() throws Exception {
        assertThat(Regex.of("a|b")).hasToString("a|b");
    }
}
