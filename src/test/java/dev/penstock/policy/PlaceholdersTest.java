package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
    private static final Placeholders PLACEHOLDERS = new Placeholders("train", "churn", "ml", "gpu");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the task                             | ${task}               | train
        each of them among text              | ${namespace}/${name}-${profile}! | ml/churn-gpu!
        the same twice                       | ${name}${name}        | churnchurn
        no placeholder                       | plain                 | plain
        a dollar alone                       | 5$ and $x             | 5$ and $x
        a literal                            | $${task}              | ${task}
        a literal of any name                | $${HOME}              | ${HOME}
        a literal beside a placeholder       | $${x}${task}          | ${x}train
        Kubernetes' own                      | $(MODEL) $$(X)        | $(MODEL) $$(X)
        a value like a reference to a group  | ${task}$1             | train$1
        """)
    void areReplaced(String story, String text, String resolved) {
        assertThat(PLACEHOLDERS.resolve(text)).isEqualTo(resolved);
        assertThat(Placeholders.unknown(text)).isEmpty();
    }

    @Test
    void areNotReplacedInWhatTheyStandFor() {
        assertThat(new Placeholders("${name}", "a", "b", "$1\\").resolve("${task} ${profile}"))
                .isEqualTo("${name} $1\\");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        another name          | a ${user} b           | ${user}
        no name               | ${}                   | ${}
        a blank in it         | ${ task }             | ${ task }
        another case          | ${Task}               | ${Task}
        one that is not closed | ${task               | ${task
        one within another    | ${a${task}}           | ${a${task}
        """)
    void areNamedWhereTheyAreUnknown(String story, String text, String unknown) {
        assertThat(Placeholders.unknown(text)).containsExactly(unknown);
    }

    @Test
    void areAllNamed() {
        assertThat(Placeholders.unknown("${a}${task}${b}")).containsExactly("${a}", "${b}");
    }

    @Test
    void areReadAtOnceInHostileText() {
        assertThat(Placeholders.unknown("${".repeat(100_000))).hasSize(1);
        assertThat(Placeholders.unknown("$".repeat(100_000))).isEmpty();
    }
}
