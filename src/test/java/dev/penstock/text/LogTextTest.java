package dev.penstock.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a name                 | churn-7.eu                      | churn-7.eu
        a service account      | system:serviceaccount:argo:sync | system:serviceaccount:argo:sync
        an address             | alice+ml@example.com            | alice+ml@example.com
        nothing                | ``                              | `""`
        a blank                | Alice A.                        | `"Alice A."`
        an end of a value      | x user=root                     | `"x user=root"`
        a quote and backslash  | a"b\\c                          | `"a\\u0022b\\u005cc"`
        a foreign letter       | größe                           | `"gr\\u00f6\\u00dfe"`
        """)
    void isTheValueWhereThatIsPlainElseQuoted(String story, String value, String text) {
        assertThat(LogText.of(value)).isEqualTo(text);
    }

    @Test
    void isOneLineThatATerminalPrintsAsItIsWhateverIsInIt() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            all.setLength(0);
            all.append("a").append((char) c).append("b");
            assertThat(LogText.of(all.toString())).matches("[ -~]+").hasLineCount(1);
            assertThat(LogText.line(all.toString())).matches("[ -~]+").hasLineCount(1);
        }
    }

    @Test
    void isNoLongerThanALineCanBe() {
        assertThat(LogText.of("x".repeat(600))).hasSize(600);
        assertThat(LogText.of("x".repeat(1 << 20))).hasSize(603).endsWith("…\"");
        assertThat(LogText.line("x".repeat(8_000))).hasSize(8_000);
        assertThat(LogText.line("x".repeat(1 << 20))).hasSize(8_001).endsWith("x…");
    }
}
