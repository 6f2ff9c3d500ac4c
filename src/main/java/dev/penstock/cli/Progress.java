package dev.penstock.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far a run is that takes long: a line of a terminal that is written over and over, and gone at the end. */
final class Progress {
    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final long NEXT = Duration.ofMillis(100).toNanos();
    // ECMA-48: to the first column, and erase the line.
    private static final String CLEAR = "\r\033[K";

    private final PrintWriter err;
    private final LongSupplier nanos;
    private final BooleanSupplier isTerminal; // asked when there is something to show, and once
    private @Nullable Boolean shows;
    private long due;
    private boolean shown;

    /**
     * Begins with the run.
     *
     * @param nanos a clock that never goes back, in nanoseconds
     * @param isTerminal whether somebody looks at it
     */
    Progress(PrintWriter err, LongSupplier nanos, BooleanSupplier isTerminal) {
        this.err = err;
        this.nanos = nanos;
        this.isTerminal = isTerminal;
        this.due = nanos.getAsLong() + FIRST;
    }

    static Progress on(PrintWriter err) {
        return new Progress(err, System::nanoTime, Progress::isWatched);
    }

    /**
     * Says what is read now.
     *
     * @param done how many files were read before
     * @param all how many there are
     */
    void at(String file, int done, int all) {
        long now = nanos.getAsLong();
        if (now - due < 0) {
            return;
        }
        due = now + NEXT;
        if (shows == null) {
            shows = isTerminal.getAsBoolean();
        }
        if (shows) {
            String line = String.format(Locale.ROOT, "%d of %d files read; now %s", done, all, file);
            err.print(CLEAR + TerminalText.cut(TerminalText.printable(line), Paragraph.WIDTH - 1));
            err.flush();
            shown = true;
        }
    }

    /** Takes the line away, before anything else is written. */
    void end() {
        if (shown) {
            err.print(CLEAR);
            err.flush();
            shown = false;
        }
    }

    /** Whether standard error is a terminal of somebody's, and no log of a CI's that has one. */
    private static boolean isWatched() {
        String terminal = System.getenv("TERM");
        return terminal != null && !terminal.equals("dumb") && System.getenv("CI") == null && isTerminal();
    }

    /** {@link System#console} tells of standard input and output; test(1) of POSIX of any stream that it is given. */
    private static boolean isTerminal() {
        try {
            return new ProcessBuilder("test", "-t", "2")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // a system without it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
