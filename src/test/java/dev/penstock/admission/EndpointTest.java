package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.LogLines;
import dev.penstock.cluster.ApiClient;
import dev.penstock.cluster.ClusterException;
import dev.penstock.cluster.ClusterPolicies;
import dev.penstock.controlplane.Await;
import dev.penstock.docs.Scrape;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
    private static final Path REVIEW = Path.of("src/test/resources/recorded/minimal.json");

    /** Which is what the API server says to the author. */
    @Test
    void saysWhyThereIsNoReview() throws Exception {
        HttpResponse<String> answer =
                answer(Future.fromCompletionStage(CompletableFuture.failedStage(new CompletionException(notLoaded()))));
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

    /** Whose slowness it would be, and whom no alert is to blame the reviews for. */
    @Test
    void measuresNoReviewThatWasNotSentToItsEnd() throws Exception {
        try (Served served = new Served(Future.failedFuture(new IllegalStateException("for want of a review")))) {
            assertThat(served.post("/mutate").statusCode()).isEqualTo(500);
            assertThat(served.durations()).isEqualTo(1);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
                socket.getOutputStream()
                        .write("POST /mutate HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"
                                .getBytes(StandardCharsets.US_ASCII));
            }
            Await.until("an error", Duration.ofSeconds(30), () -> served.errors("cut-off") == 1, () -> "");
            assertThat(served.durations()).isEqualTo(1);
        }
    }

    /** Of two that are long, the second waits for the first. */
    @Test
    void measuresWhatAReviewWaitsForItsTurn() throws Exception {
        Promise<AdmissionResponse> first = Promise.promise();
        try (Served served = new Served(first.future())) {
            String review = Files.readString(REVIEW) + " ".repeat(200_000);
            List<CompletableFuture<HttpResponse<String>>> both =
                    List.of(served.send("/mutate", review), served.send("/mutate", review));
            served.after(2_000, () -> first.fail("for want of a review"));
            both.forEach(CompletableFuture::join);
            assertThat(served.durations()).isEqualTo(2);
            assertThat(served.registry
                            .scrape()
                            .value("penstock_review_duration_seconds_bucket", Map.of("webhook", "mutate", "le", "0.5")))
                    .isZero();
        }
    }

    @Test
    void logsWhyTheClusterCouldNotBeAsked() throws Exception {
        AdmissionRequest request = AdmissionRequest.read(Files.readAllBytes(REVIEW));
        try (LogLines log = LogLines.of(ReviewLog.class)) {
            endpoint(new TestRegistry()).respond(request, () -> {
                throw notLoaded();
            });
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("error kind=cluster webhook=mutate ")
                    .endsWith(" cause=\"the policies of the cluster are not loaded yet\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        misspelt   | /mutat?timeout=5s   | /mutat
        none       | /                   | /
        below      | /mutate/x           | /mutate/x
        odd        | /%0Aerror%20kind=x  | "/%0Aerror%20kind=x"
        """)
    void tellsOfAPathThatTheConfigurationGetsWrong(String story, String path, String logged) throws Exception {
        try (LogLines log = LogLines.of(ReviewLog.class);
                Served served = new Served(Future.failedFuture("not asked"))) {
            HttpResponse<String> answer = served.post(path);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
            assertThat(answer.body())
                    .isEqualTo("Penstock reviews nothing here: the webhook configuration is to name /mutate, /validate,"
                            + " /require-label or /policies.\n");
            assertThat(served.errors("misdirected")).isEqualTo(1);
            assertThat(served.durations()).isZero();
            assertThat(log.lines()).containsExactly("error kind=misdirected webhook=" + logged);
        }
    }

    private static Endpoint endpoint(TestRegistry registry) {
        return new Endpoint("mutate", Set.of("batch/v1 cronjobs"), "CronJob", new ReviewMeters(registry.meters()));
    }

    private static RuntimeException notLoaded() {
        try (KubernetesClient client = ApiClient.of(Config.empty(), new VertxHttpClientFactory());
                ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
            return catchThrowableOfType(ClusterException.class, policies::get);
        }
    }

    private static HttpResponse<String> answer(Future<AdmissionResponse> review) throws Exception {
        try (Served served = new Served(review)) {
            return served.post("/mutate");
        }
    }

    /** An endpoint that answers each review so. */
    private static final class Served implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final TestRegistry registry = new TestRegistry();
        private final HttpServer server;

        Served(Future<AdmissionResponse> review) {
            Router router = Router.router(vertx);
            Endpoint endpoint = endpoint(registry);
            Endpoint.elsewhere(router, endpoint.meters());
            endpoint.on(router, asked -> review);
            server = vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }

        int port() {
            return server.actualPort();
        }

        HttpResponse<String> post(String path) throws Exception {
            return send(path, Files.readString(REVIEW)).get();
        }

        CompletableFuture<HttpResponse<String>> send(String path, String review) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                    .POST(HttpRequest.BodyPublishers.ofString(review))
                    .build();
            return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
        }

        void after(int millis, Runnable action) {
            vertx.setTimer(millis, timer -> action.run());
        }

        double errors(String kind) {
            return registry.scrape().value("penstock_errors_total", Map.of("kind", kind));
        }

        /** How many reviews were measured. */
        double durations() {
            return registry.scrape().named("penstock_review_duration_seconds_count").stream()
                    .mapToDouble(Scrape.Sample::value)
                    .sum();
        }

        @Override
        public void close() {
            vertx.close();
        }
    }
}
