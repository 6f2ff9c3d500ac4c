package dev.penstock.admission;

import dev.penstock.text.LogText;
import java.util.Collection;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * One line for each denial and each error. A line says who asked for what, and nothing of what was sent; whatever is in a name,
 * it stays one line.
 */
final class ReviewLog {
    private static final Logger LOG = Logger.getLogger(ReviewLog.class);

    private ReviewLog() {}

    /** @param rules that say no; none where it is a policy that is refused */
    static void denied(String webhook, AdmissionRequest request, Collection<String> rules) {
        LOG.infof(
                "denied webhook=%s%s%s",
                webhook, rules.isEmpty() ? "" : " rules=" + String.join(",", rules), words(request));
    }

    /** A denial that no rule asked for. */
    static void failed(String webhook, AdmissionRequest request, Failure failure) {
        LOG.infof("error kind=%s webhook=%s%s", failure, webhook, words(request));
    }

    /** A request that got no review; why, where it is not our own doing, of which there is a trace. */
    static void failed(String webhook, AdmissionRequest request, Failure failure, Throwable why) {
        LOG.infof(
                "error kind=%s webhook=%s%s%s",
                failure, webhook, words(request), failure == Failure.CLUSTER ? " cause=" + LogText.of(cause(why)) : "");
    }

    static String cause(Throwable why) {
        return why instanceof CompletionException && why.getCause() != null
                ? cause(why.getCause())
                : String.valueOf(why.getMessage());
    }

    /** A request of which nothing more is known. */
    static void failed(String webhook, Failure failure) {
        LOG.infof("error kind=%s webhook=%s", failure, webhook);
    }

    /** Where in the program a review failed. */
    static void trace(AdmissionRequest request, Throwable failure) {
        LOG.errorf(new Trace(failure), "review %s failed", LogText.of(request.uid()));
    }

    /** Where in the program answering a request failed of which nothing more is known. */
    static void trace(String webhook, Throwable failure) {
        LOG.errorf(new Trace(failure), "answering %s failed", webhook);
    }

    private static String words(AdmissionRequest request) {
        return " operation=" + LogText.of(request.operation())
                + " object=" + LogText.of(request.namespace() + "/" + request.name())
                + " user=" + LogText.of(request.user())
                + (request.dryRun() ? " dryRun=true" : "")
                + " uid=" + LogText.of(request.uid());
    }
}
