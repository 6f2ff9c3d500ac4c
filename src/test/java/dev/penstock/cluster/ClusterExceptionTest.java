package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ClusterExceptionTest {
    @Test
    void saysWhatTheApiServerSaysOrWhatKeptUsFromAskingIt() {
        assertThat(ClusterException.why(new KubernetesClientException(new StatusBuilder()
                        .withCode(403)
                        .withMessage("secrets is forbidden")
                        .build())))
                .isEqualTo("secrets is forbidden");
        assertThat(why(new IOException("cannot connect", new ConnectException("Connection refused"))))
                .isEqualTo("Connection refused");
        assertThat(why(new UnknownHostException("cluster.example"))).isEqualTo("no such host: cluster.example");
        assertThat(why(new TimeoutException())).isEqualTo("TimeoutException");
        assertThat(ClusterException.why(new KubernetesClientException("no kubeconfig")))
                .isEqualTo("no kubeconfig");
    }

    private static String why(Throwable cause) {
        return ClusterException.why(new KubernetesClientException("Operation: [get] failed.", cause));
    }
}
