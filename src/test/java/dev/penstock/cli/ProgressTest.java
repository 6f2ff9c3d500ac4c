package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long MILLISECOND = 1_000_000;

    private final StringWriter terminal = new StringWriter();
    private long now = Long.MAX_VALUE; // a clock of System.nanoTime may go over to below 0
    private int asked;

    private Progress progress(boolean isTerminal) {
        return new Progress(new PrintWriter(terminal), () -> now, () -> {
            asked++;
            return isTerminal;
        });
    }

    @Test
    void aShortRunShowsNothingAndAsksNothing() {
        Progress progress = progress(true);
        now += 999 * MILLISECOND;
        progress.at("a.yaml", 0, 2);
        progress.end();
        assertThat(terminal).hasToString("");
        assertThat(asked).isZero();
    }

    @Test
    void aLongRunHasOneLineThatIsGoneAtTheEnd() {
        Progress progress = progress(true);
        now += 1000 * MILLISECOND;
        progress.at("a.yaml", 0, 9);
        now += 99 * MILLISECOND;
        progress.at("b.yaml", 1, 9);
        now += MILLISECOND;
        progress.at("c.yaml", 2, 9);
        assertThat(terminal).hasToString("\r\033[K0 of 9 files read; now a.yaml\r\033[K2 of 9 files read; now c.yaml");
        progress.end();
        progress.end();
        assertThat(terminal.toString()).endsWith("c.yaml\r\033[K").hasSize(70);
    }

    @Test
    void whereNobodyLooksThereIsNothing() {
        Progress progress = progress(false);
        for (int i = 0; i < 9; i++) {
            now += 1000 * MILLISECOND;
            progress.at("a.yaml", i, 9);
        }
        progress.end();
        assertThat(terminal).hasToString("");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void theLineFitsATerminalAndDoesNotCommandIt() {
        Progress progress = progress(true);
        now += 1000 * MILLISECOND;
        progress.at("\033[2J" + "漢".repeat(80), 0, 1);
        String line = terminal.toString().substring("\r\033[K".length());
        assertThat(line).startsWith("0 of 1 files read; now \uFFFD[2J漢").doesNotContain("\033");
        assertThat(TerminalText.width(line)).isEqualTo(79);
    }
}
