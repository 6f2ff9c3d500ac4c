package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.LogLines;
import dev.penstock.controlplane.Await;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.review.Standing;
import dev.penstock.rules.Rules;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterPoliciesTest {
    private static final String TURNED_AWAY = "another dry run is just being looked at";
    private static final String NOTHING = "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}";
    private static final String POLICY = """
            {"apiVersion": "penstock.dev/v1alpha1", "kind": "PipelinePolicy", "metadata": {"name": "science"},
             "spec": {"rules": {"retries": {"max": 1}}}}
            """;

    /** From then on, only a preview reads pipelines, and waits for its answer. */
    private final CountDownLatch watched = new CountDownLatch(1);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch cut = new CountDownLatch(1);
    private volatile boolean forbidden;
    private volatile String defaults = NOTHING;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    ClusterPoliciesTest() throws IOException {
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        cut.countDown();
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void looksAtOneDryRunAtATime() throws Exception {
        PolicyDocument document = PolicyDocument.read(new ObjectMapper().readTree(POLICY), Rules::problems);
        try (KubernetesClient client = ApiClient.of(config(), new VertxHttpClientFactory());
                ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
            policies.start();
            Await.until("an empty cluster", Duration.ofSeconds(30), policies::isReady, () -> "");
            watched.await();

            CompletableFuture<List<String>> first =
                    CompletableFuture.supplyAsync(() -> preview(policies, document), threads);
            asked.await();
            assertThat(preview(policies, document)).singleElement().asString().startsWith(TURNED_AWAY);
            answer.countDown();
            assertThat(first.join()).noneMatch(line -> line.startsWith(TURNED_AWAY));
            assertThat(preview(policies, document)).noneMatch(line -> line.startsWith(TURNED_AWAY));
        }
    }

    @Test
    void saysWhyADryRunCannotReadThePipelines() throws Exception {
        PolicyDocument document = PolicyDocument.read(new ObjectMapper().readTree(POLICY), Rules::problems);
        answer.countDown();
        Config config = config();
        try (KubernetesClient client = ApiClient.of(config, new VertxHttpClientFactory());
                ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
            policies.start();
            Await.until("an empty cluster", Duration.ofSeconds(30), policies::isReady, () -> "");
            watched.await();
            forbidden = true;

            assertThatThrownBy(() -> preview(policies, document))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageStartingWith("cannot read cronjobs of the cluster at " + config.getMasterUrl()
                            + ": the API server answers 403 to apis/batch/v1/cronjobs?");
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithADocumentWhateverIsInIt() throws Exception {
        defaults = """
                {"metadata": {"resourceVersion": "1"}, "items": [{"apiVersion": "penstock.dev/v1alpha1",
                 "kind": "PipelineDefaults", "metadata": {"name": "d", "namespace": "ml", "resourceVersion": "1"},
                 "spec": {"evil\\n2026-01-01 00:00:00 INFO denied": 1}}]}
                """;
        try (LogLines log = LogLines.of(ClusterPolicies.class);
                KubernetesClient client = ApiClient.of(config(), new VertxHttpClientFactory());
                ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
            policies.start();
            Await.until(
                    "a word on it", Duration.ofSeconds(30), () -> !log.lines().isEmpty(), () -> "");
            assertThat(log.lines().get(0))
                    .matches("[ -~]+")
                    .contains("PipelineDefaults ml/d cannot be used", "spec.evil\\u000a2026-01-01");
        }
    }

    /** Their definitions let through what nobody looks into, and so does an API server that cannot ask the webhook. */
    @ParameterizedTest
    @ValueSource(strings = {"deep", "deeper", "long", "much"})
    void oneThatCannotBeReadKeepsNoOtherUnread(String odd) throws Exception {
        int depth = odd.equals("deeper") ? 9_900 : 1_500;
        String spec = switch (odd) {
            case "long" -> "{\"" + "x".repeat(60_000) + "\": 1}";
            case "much" ->
                "{\"defaults\": {\"metadata\": {\"labels\": {\"a\": \"b\""
                        + IntStream.range(0, 20_000)
                                .mapToObj(i -> ", \"a" + i + "\": \"b\"")
                                .collect(Collectors.joining())
                        + "}}}}";
            default -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        };
        String one = """
                {"apiVersion": "penstock.dev/v1alpha1", "kind": "PipelineDefaults",
                 "metadata": {"name": "%s", "namespace": "ml", "resourceVersion": "1"}, "spec": %s}""";
        defaults = "{\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": ["
                + one.formatted("odd", spec) + ","
                + one.formatted("good", "{\"image\": {\"tag\": \"1.0\"}}") + "]}";
        try (KubernetesClient client = ApiClient.of(config(), new VertxHttpClientFactory());
                ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
            policies.start();
            Await.until("a reviewer", Duration.ofSeconds(30), policies::isReady, () -> "");
            assertThat(policies.standings())
                    .extracting(standing -> standing.id().name(), Standing::ready)
                    .containsExactlyInAnyOrder(tuple("odd", false), tuple("good", true));
        }
    }

    @Test
    void saysOnceThatItMayWatchNoMoreAndOnceThatItMayAgain() throws Exception {
        answer.countDown();
        Config config =
                new ConfigBuilder(config()).withWatchReconnectInterval(1).build();
        try (LogLines log = LogLines.of(WatchFailures.class);
                KubernetesClient client = ApiClient.of(config, new VertxHttpClientFactory());
                ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
            policies.start();
            watched.await();
            awaitFollowed(policies);
            forbidden = true;
            cut.countDown();
            awaitOnce(
                    log,
                    "cannot watch %s, and tries again; what was known last stays in force: may not list",
                    "cannot watch cronjobs, and tries again; statuses count the pipelines that were known last: may not list");
            assertThat(policies.isReady()).isTrue();
            assertThat(policies.isFollowed()).isFalse();
            forbidden = false;
            awaitOnce(log, "watches %s again", "watches cronjobs again");
            awaitFollowed(policies);
        }
    }

    private static void awaitFollowed(ClusterPolicies policies) {
        Await.until("all watches", Duration.ofSeconds(30), policies::isFollowed, () -> "");
    }

    private static void awaitOnce(LogLines log, String line, String ofPipelines) {
        List<String> expected = Stream.concat(
                        Stream.of("pipelinepolicies.penstock.dev", "pipelinedefaults.penstock.dev", "namespaces")
                                .map(line::formatted),
                        Stream.of(ofPipelines))
                .toList();
        Await.until(
                "a word on each",
                Duration.ofSeconds(30),
                () -> log.lines().containsAll(expected),
                () -> log.lines().toString());
        assertThat(log.lines()).filteredOn(expected::contains).hasSize(expected.size());
    }

    @Test
    void saysThatNothingIsLoadedYet() {
        try (KubernetesClient client = ApiClient.of(Config.empty(), new VertxHttpClientFactory());
                ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
            assertThatThrownBy(policies::get)
                    .isInstanceOf(ClusterException.class)
                    .hasMessage("the policies of the cluster are not loaded yet");
        }
    }

    /** Which the API server that asks for the review is not either. */
    @Test
    void isNotPatientWithANamespaceThatIsNotTold() throws Exception {
        server.removeContext("/");
        server.createContext("/", exchange -> await(end));
        try (KubernetesClient client = ApiClient.of(config(), new VertxHttpClientFactory());
                ClusterPolicies policies = new ClusterPolicies(client, Clock.systemUTC())) {
            assertThat(policies.know("ml").toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ClusterException.class)
                    .withMessageContaining("the labels of the namespace are not known: no answer within 4 s");
        }
    }

    private static List<String> preview(ClusterPolicies policies, PolicyDocument document) {
        return policies.preview(document, Instant.EPOCH);
    }

    private Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
    }

    /** As an API server of a cluster that holds nothing, and where nothing happens. */
    private void answer(HttpExchange exchange) throws IOException {
        boolean pipelines = exchange.getRequestURI().getPath().endsWith("/cronjobs");
        boolean watch = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
        boolean previewed = !watch && pipelines && watched.getCount() == 0;
        if (previewed) {
            asked.countDown();
            await(answer);
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(forbidden ? 403 : 200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (forbidden) {
                out.write("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":403,\"message\":\"may not list\"}"
                        .getBytes(StandardCharsets.UTF_8));
            } else if (!watch) {
                boolean ofTeams = exchange.getRequestURI().getPath().endsWith("/pipelinedefaults");
                out.write((ofTeams ? defaults : NOTHING).getBytes(StandardCharsets.UTF_8));
            } else if (!exchange.getRequestHeaders().containsKey("Upgrade")) {
                // Where it gets no web socket, the client asks for a plain answer.
                CountDownLatch until = cut.getCount() > 0 ? cut : end;
                out.flush();
                if (pipelines) {
                    watched.countDown();
                }
                await(until);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
