package dev.penstock;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** The messages that a class logs, until it is closed. */
public final class LogLines extends Handler implements AutoCloseable {
    private static final Formatter MESSAGE = new PatternFormatter("%s");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private LogLines(Logger logger) {
        this.logger = logger;
    }

    /** Listens from now on. */
    public static LogLines of(Class<?> logs) {
        LogLines lines = new LogLines(Logger.getLogger(logs.getName()));
        lines.logger.addHandler(lines);
        return lines;
    }

    /** All so far, in order. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(MESSAGE.format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
