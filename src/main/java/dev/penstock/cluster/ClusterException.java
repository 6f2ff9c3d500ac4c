package dev.penstock.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.UnknownHostException;

/** A cluster that cannot be asked, or read: its message says what of it, and why. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClusterException(String what) {
        super(what);
    }

    ClusterException(String what, Throwable why) {
        super(what + ": " + why(why), why);
    }

    /** @param what was asked for, such as {@code cronjobs} */
    static ClusterException unread(String what, KubernetesClient client, Throwable why) {
        Config config = client.getConfiguration();
        String proxy = config.getHttpsProxy();
        return new ClusterException(
                "cannot read " + what + " of the cluster at " + config.getMasterUrl()
                        + (proxy == null ? "" : " through the proxy " + ClientProxy.shown(proxy)),
                why);
    }

    /** What the API server says, or what kept us from asking it. */
    static String why(Throwable failure) {
        if (failure instanceof KubernetesClientException answer && answer.getStatus() != null) {
            return String.valueOf(answer.getStatus().getMessage());
        }
        if (failure.getCause() != null) {
            return why(failure.getCause());
        }
        if (failure instanceof UnknownHostException) {
            return "no such host: " + failure.getMessage();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
