package dev.penstock.cluster;

import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/** Goes on whatever happens to a watch, and logs each reason once until it is over, and once that it is. */
final class WatchFailures implements ExceptionHandler {
    private static final Logger LOG = Logger.getLogger(WatchFailures.class);

    /** Where each names another port or the like: from here on each is told anew. */
    private static final int MOST_REMEMBERED = 100;

    private final String resource;
    private final String notYet;
    private final String noMore;
    private final Set<String> told = new HashSet<>();
    private boolean well;
    private boolean stopped;

    /** @param resource such as {@code namespaces}, without which nothing can be reviewed */
    WatchFailures(String resource) {
        this(resource, "not ready before that", "what was known last stays in force");
    }

    /**
     * @param notYet what it means that nothing has been known so far
     * @param noMore what it means that nothing new is
     */
    WatchFailures(String resource, String notYet, String noMore) {
        this.resource = resource;
        this.notYet = notYet;
        this.noMore = noMore;
    }

    @Override
    public synchronized boolean retryAfterException(boolean started, Throwable failure) {
        well = false;
        if (stopped || (failure instanceof WatcherException && failure.getCause() == null)) {
            return true; // one that was given up is listed next, which tells why, if it is still so
        }
        String message = ClusterException.why(failure);
        if (told.size() == MOST_REMEMBERED) {
            told.clear();
        }
        if (told.add(message)) {
            LOG.errorf("cannot watch %s, and tries again; %s: %s", resource, started ? noMore : notYet, message);
        }
        return true;
    }

    /** Of what is watched. */
    synchronized void over() {
        well = true;
        if (!told.isEmpty()) {
            told.clear();
            LOG.infof("watches %s again", resource);
        }
    }

    /** Nothing is said from now on: what is stopped does not fail. */
    synchronized void stop() {
        stopped = true;
    }

    synchronized boolean isWell() {
        return well;
    }
}
