package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LogLines;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

class WatchFailuresTest {
    private final WatchFailures failures = new WatchFailures("namespaces");

    /** The client's own message has the URL, which is another each time; and what fails for two reasons fails by turns. */
    @Test
    void logsEachReasonOnceUntilItIsOver() {
        try (LogLines log = LogLines.of(WatchFailures.class)) {
            failures.retryAfterException(true, forbidden(1));
            failures.retryAfterException(true, forbidden(2));
            failures.retryAfterException(true, new KubernetesClientException("closed"));
            failures.retryAfterException(true, forbidden(3));
            assertThat(log.lines())
                    .extracting(line -> line.substring(line.lastIndexOf(':') + 2))
                    .containsExactly("namespaces is forbidden", "closed");

            failures.over();
            failures.over();
            failures.retryAfterException(true, forbidden(4));
            assertThat(log.lines()).hasSize(4).element(2).isEqualTo("watches namespaces again");
        }
    }

    @Test
    void saysWhatIsMissedMeanwhile() {
        WatchFailures unneeded = new WatchFailures("cronjobs", "no status is written before that", "counts stay");
        try (LogLines log = LogLines.of(WatchFailures.class)) {
            failures.retryAfterException(false, forbidden(1));
            unneeded.retryAfterException(false, forbidden(2));
            unneeded.over();
            unneeded.retryAfterException(true, forbidden(3));
            assertThat(log.lines())
                    .containsExactly(
                            "cannot watch namespaces, and tries again; not ready before that: namespaces is forbidden",
                            "cannot watch cronjobs, and tries again; no status is written before that: namespaces is forbidden",
                            "watches cronjobs again",
                            "cannot watch cronjobs, and tries again; counts stay: namespaces is forbidden");
        }
    }

    private static KubernetesClientException forbidden(int version) {
        return new KubernetesClientException(
                "Failure executing: GET at: https://cluster/api/v1/namespaces?resourceVersion=" + version,
                403,
                new StatusBuilder().withMessage("namespaces is forbidden").build());
    }
}
