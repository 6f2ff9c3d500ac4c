package dev.penstock.cluster;

import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import org.jboss.logging.Logger;

/** Goes on whatever happens to a watch, and logs it once as long as it is the same, and once when it is over. */
final class WatchFailures implements ExceptionHandler {
    private static final Logger LOG = Logger.getLogger(WatchFailures.class);

    private final String resource;
    private volatile String told = "";
    private volatile boolean well;
    private volatile boolean stopped;

    /** @param resource such as {@code namespaces} */
    WatchFailures(String resource) {
        this.resource = resource;
    }

    @Override
    public boolean retryAfterException(boolean started, Throwable failure) {
        well = false;
        if (stopped || (failure instanceof WatcherException && failure.getCause() == null)) {
            return true; // one that was given up is listed next, which tells why, if it is still so
        }
        String message = ClusterException.why(failure);
        if (!message.equals(told)) {
            told = message;
            LOG.errorf(
                    "cannot watch %s, and tries again; %s: %s",
                    resource, started ? "what was known last stays in force" : "not ready before that", message);
        }
        return true;
    }

    /** Of what is watched. */
    void over() {
        well = true;
        if (!told.isEmpty()) {
            told = "";
            LOG.infof("watches %s again", resource);
        }
    }

    /** Nothing is said from now on: what is stopped does not fail. */
    void stop() {
        stopped = true;
    }

    boolean isWell() {
        return well;
    }
}
