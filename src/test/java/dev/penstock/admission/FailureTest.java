package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    @ParameterizedTest
    @CsvSource({"400, unreadable", "413, too-long", "503, crowded"})
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
        CompletionStage<Void> told = CompletableFuture.<Void>failedFuture(new KubernetesClientException("away"))
                .thenAccept(known -> {}); // whatever comes of it is wrapped, by the Java library
        List<Failure> failures = new ArrayList<>();
        Future.fromCompletionStage(told).onFailure(failure -> failures.add(Failure.of(failure)));
        assertThat(failures).containsExactly(Failure.CLUSTER);
    }
}
