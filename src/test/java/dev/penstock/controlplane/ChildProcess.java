package dev.penstock.controlplane;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A process that ends with its owner, or with the virtual machine. */
final class ChildProcess implements AutoCloseable {
    private static final int GRACE_SECONDS = 10;

    private final Process process;
    private final Cleanup cleanup;

    private ChildProcess(Process process) {
        this.process = process;
        this.cleanup = Cleanup.of(this::stop);
    }

    /** @param builder whose output goes somewhere, so that the process cannot block on it */
    static ChildProcess start(ProcessBuilder builder) throws IOException {
        return new ChildProcess(builder.start());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of the process. */
    int exitCode() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process", e);
        }
    }

    /** Whether the process ended by itself within the time. */
    boolean endsWithin(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the process without asking. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    private void stop() {
        process.destroy();
        if (!endsWithin(GRACE_SECONDS)) {
            process.destroyForcibly();
            exitCode();
        }
    }

    /** Ends the process, and returns when it is gone. */
    @Override
    public void close() {
        cleanup.close();
    }
}
