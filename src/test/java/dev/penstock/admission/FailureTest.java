package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cluster.ApiClient;
import dev.penstock.cluster.ClusterPolicies;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.http.HttpClosedException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    @ParameterizedTest
    @CsvSource({"400, unreadable", "404, misdirected", "413, too-long", "503, crowded"})
    void isCalledByWhatTheSenderGets(int status, String kind) {
        assertThat(Failure.of(new BrokenRequestException(status, "no"))).hasToString(kind);
    }

    @Test
    void isOursWhereNobodyElseIsToBlame() {
        assertThat(Failure.of(new HttpClosedException("closed"))).isEqualTo(Failure.CUT_OFF);
        assertThat(Failure.of(new IllegalStateException())).isEqualTo(Failure.INTERNAL);
    }

    @Test
    void isTheClustersWhereItDoesNotTellOfANamespace() {
        // Whatever comes of it is wrapped, by the Java library.
        CompletionStage<?> told = CompletableFuture.supplyAsync(() -> {
            try (KubernetesClient client = ApiClient.of(Config.empty(), new VertxHttpClientFactory());
                    ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
                return policies.get(); // before all is loaded
            }
        });
        List<Failure> failures = new ArrayList<>();
        told.handle((any, failure) -> failures.add(Failure.of(failure)))
                .toCompletableFuture()
                .join();
        assertThat(failures).containsExactly(Failure.CLUSTER);
    }
}
