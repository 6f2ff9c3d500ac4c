package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class WatchFailuresTest {
    /** The client's own message has the URL, which is another each time. */
    @Test
    void logsOnceWhatIsTheSame() {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(WatchFailures.class.getName());
        log.addHandler(handler);
        try {
            WatchFailures failures = new WatchFailures("namespaces");
            failures.retryAfterException(true, forbidden(1));
            failures.retryAfterException(true, forbidden(2));
            failures.retryAfterException(true, new KubernetesClientException("closed"));
        } finally {
            log.removeHandler(handler);
        }
        assertThat(lines).hasSize(2);
    }

    private static KubernetesClientException forbidden(int version) {
        return new KubernetesClientException(
                "Failure executing: GET at: https://cluster/api/v1/namespaces?resourceVersion=" + version,
                403,
                new StatusBuilder().withMessage("namespaces is forbidden").build());
    }
}
