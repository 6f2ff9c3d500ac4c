package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.cluster.ApiClient;
import dev.penstock.cluster.ClusterPolicies;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class EndpointTest {
    /** Which is what the API server says to the author. */
    @Test
    void saysWhyThereIsNoReview() throws Exception {
        Throwable notLoaded;
        try (KubernetesClient client = ApiClient.of(Config.empty(), new VertxHttpClientFactory());
                ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
            notLoaded = catchThrowable(policies::get);
        }
        HttpResponse<String> answer =
                answer(Future.fromCompletionStage(CompletableFuture.failedStage(new CompletionException(notLoaded))));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo(
                        "Penstock cannot review this CronJob now: the policies of the cluster are not loaded yet.\n");
    }

    @Test
    void saysOfAnErrorOfItsOwnNothingButWhereToLook() throws Exception {
        HttpResponse<String> answer = answer(Future.failedFuture(new IllegalStateException("secret")));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .startsWith("Penstock failed to review this CronJob. It is an error of Penstock's own: its log names ")
                .doesNotContain("secret");
    }

    private static HttpResponse<String> answer(Future<AdmissionResponse> review) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Router router = Router.router(vertx);
            ReviewMeters meters = new ReviewMeters(new TestRegistry().meters());
            new Endpoint("mutate", Set.of("batch/v1 cronjobs"), "CronJob", meters).on(router, asked -> review);
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/mutate"))
                                    .POST(HttpRequest.BodyPublishers.ofFile(
                                            Path.of("src/test/resources/recorded/minimal.json")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } finally {
            vertx.close();
        }
    }
}
