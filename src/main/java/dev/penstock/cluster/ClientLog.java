package dev.penstock.cluster;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Of what the client logs, such as a watch that cannot go on, says why in the same line, where it would add a stack trace. */
@LoggingFilter(name = "client")
public final class ClientLog implements Filter {
    @Override
    public boolean isLoggable(LogRecord record) {
        Throwable thrown = record.getThrown();
        if (thrown != null && record.getLoggerName().startsWith("io.fabric8.")) {
            record.setMessage(record.getMessage() + ": " + ClusterException.why(thrown));
            record.setThrown(null);
        }
        return true;
    }
}
