package dev.penstock.cli;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.handlers.AsyncHandler;
import org.jboss.logmanager.handlers.AsyncHandler.OverflowAction;

/**
 * Writes the log, so that nobody who logs waits for it, an event loop least of all: while what is written is not taken, as by a
 * pipe that nobody reads, {@value #LINES} lines wait, and those after them are left out.
 *
 * <p>Quarkus' {@code quarkus.log.console.async} does the same, but at the end nothing waits for the lines that still wait.
 */
final class LogThread {
    private static final int LINES = 512;
    private static final long LIMIT_MILLIS = 1_000;

    private LogThread() {}

    /**
     * From now on.
     *
     * @param awaitLast returns when nothing more is to be logged; called when the virtual machine ends, which then waits a second
     *     at most for what is yet to be written
     */
    static void start(Runnable awaitLast) {
        List<Thread> writers = new ArrayList<>(1);
        AsyncHandler log = new AsyncHandler(LINES, task -> {
            Thread writer = new Thread(task, "log");
            writers.add(writer);
            return writer;
        });
        log.setOverflowAction(OverflowAction.DISCARD);
        log.setCloseChildren(false); // what waits is yet to be written to them
        Logger root = LogContext.getLogContext().getLogger("");
        log.setHandlers(root.getHandlers());
        root.setHandlers(new AsyncHandler[] {log});
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            awaitLast.run();
                            log.close();
                            writers.forEach(LogThread::join);
                        },
                        "end of the log"));
    }

    private static void join(Thread writer) {
        try {
            writer.join(LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
