package dev.penstock.cli;

import dev.penstock.text.Count;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How far a run is that takes long: a line of a terminal that is written over and over, and gone at the end. A thread of its
 * own writes it, so that there is one, too, while a cluster does not answer or a large file is read.
 *
 * <p>Thread-safe.
 */
final class Progress implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration NEXT = Duration.ofMillis(200);
    // ECMA-48: to the first column, and erase the line.
    private static final String CLEAR = "\r\033[K";

    private final PrintWriter err;
    private final LongSupplier nanos;
    private final long begin;
    private String what = "the policies"; // which come first
    private int pipelines;
    private boolean isShown;
    private boolean isOver;

    /**
     * Begins with the run.
     *
     * @param nanos a clock that never goes back, in nanoseconds
     */
    Progress(PrintWriter err, LongSupplier nanos) {
        this.err = err;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    /** One that shows itself where somebody looks at it. */
    static Progress on(PrintWriter err) {
        Progress progress = new Progress(err, System::nanoTime);
        Thread thread = new Thread(() -> progress.showUntilOver(Progress::isWatched), "progress");
        thread.setDaemon(true);
        thread.start();
        return progress;
    }

    /** @param isWatched asked once, when there is something to show */
    void showUntilOver(BooleanSupplier isWatched) {
        try {
            if (!endsWithin(FIRST) && isWatched.getAsBoolean()) {
                do {
                    show();
                } while (!endsWithin(NEXT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean endsWithin(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (long left = most.toNanos(); left > 0 && !isOver; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return isOver;
    }

    /** Says what is read now. */
    synchronized void at(String what) {
        this.what = what;
    }

    /** Says that one more pipeline was read. */
    synchronized void count() {
        pipelines++;
    }

    /** Writes the line, unless the run is over. */
    synchronized void show() {
        if (isOver) {
            return;
        }
        long seconds = Duration.ofNanos(nanos.getAsLong() - begin).toSeconds();
        String line = String.format(Locale.ROOT, "%d s, %s; now %s", seconds, Count.of(pipelines, "pipeline"), what);
        err.print(CLEAR + TerminalText.cut(TerminalText.printable(line), Paragraph.WIDTH - 1));
        err.flush();
        isShown = true;
    }

    /** Takes the line away, before anything else is written. */
    @Override
    public synchronized void close() {
        isOver = true;
        notifyAll();
        if (isShown) {
            err.print(CLEAR);
            err.flush();
            isShown = false;
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
