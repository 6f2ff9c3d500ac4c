package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final String CLEAR = "\r\033[K";

    private final StringWriter terminal = new StringWriter();
    private final PrintWriter err = new PrintWriter(terminal);
    private long now = Long.MAX_VALUE; // a clock of System.nanoTime may go over to below 0
    private final Progress progress = new Progress(err, () -> now);

    @Test
    void tellsTheTimeThePipelinesAndWhatIsReadNow() {
        now += 1_999_999_999;
        progress.show();
        assertThat(terminal).hasToString(CLEAR + "1 s, 0 pipelines; now the policies");
        now += 1;
        progress.at("2 of 9: a.yaml");
        progress.count();
        progress.show();
        assertThat(terminal.toString()).endsWith("policies" + CLEAR + "2 s, 1 pipeline; now 2 of 9: a.yaml");
    }

    @Test
    void isGoneAtTheEnd() {
        progress.show();
        progress.close();
        assertThat(terminal.toString()).endsWith("policies" + CLEAR);
        progress.close();
        progress.show();
        assertThat(terminal.toString()).endsWith("policies" + CLEAR);
    }

    @Test
    void leavesATerminalAloneThatItWroteNothingTo() {
        progress.close();
        assertThat(terminal).hasToString("");
    }

    @Test
    void theLineFitsATerminalAndDoesNotCommandIt() {
        progress.at("\033[2J:" + "漢".repeat(80));
        progress.show();
        String line = terminal.toString().substring(CLEAR.length());
        assertThat(line).startsWith("0 s, 0 pipelines; now \uFFFD[2J:漢").doesNotContain("\033");
        assertThat(TerminalText.width(line)).isEqualTo(79);
    }

    @Test
    void showsItselfAgainAndAgainWhileNothingHappens() throws InterruptedException {
        CountDownLatch lines = new CountDownLatch(3);
        PrintWriter counting = new PrintWriter(terminal) {
            @Override
            public void flush() {
                lines.countDown();
            }
        };
        Progress shown = new Progress(counting, () -> now);
        Thread thread = new Thread(() -> shown.showUntilOver(() -> true));
        thread.start();
        assertThat(lines.await(1, TimeUnit.MINUTES)).isTrue();
        shown.close();
        thread.join();
        assertThat(terminal.toString()).startsWith(CLEAR + "0 s").endsWith("policies" + CLEAR);
    }

    @Test
    void whereNobodyLooksThereIsNothing() {
        AtomicInteger asked = new AtomicInteger();
        progress.showUntilOver(() -> asked.getAndIncrement() > 0);
        assertThat(terminal).hasToString("");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aShortRunAsksNothing() {
        AtomicInteger asked = new AtomicInteger();
        progress.close();
        progress.showUntilOver(() -> asked.getAndIncrement() == 0);
        assertThat(asked).hasValue(0);
        assertThat(terminal).hasToString("");
    }
}
