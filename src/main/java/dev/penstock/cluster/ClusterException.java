package dev.penstock.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** A cluster that cannot be asked, or read: its message says what of it, and why. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClusterException(String what, Exception why) {
        super(what + ": " + message(why), why);
    }

    /** What the API server says, or what kept us from asking it. */
    private static @Nullable String message(Throwable failure) {
        if (failure instanceof KubernetesClientException answer && answer.getStatus() != null) {
            return answer.getStatus().getMessage();
        }
        return failure.getCause() == null ? failure.getMessage() : message(failure.getCause());
    }
}
