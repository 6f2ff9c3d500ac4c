package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyFile;
import dev.penstock.policy.PolicyProblem;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DocumentId ID = new DocumentId("PipelinePolicy", "", "science");
    private static final PolicyDocument GOOD = PolicyFile.builtIn();
    private static final List<PolicyProblem> PROBLEMS = List.of(new PolicyProblem("spec.task", "is wrong"));
    private static final Statuses.Governed NONE = new Statuses.Governed(0, 0);

    private final BlockingQueue<JsonNode> patches = new LinkedBlockingQueue<>();
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("PATCH")) {
                patches.add(JSON.readTree(answer));
            } else {
                answer = "{}".getBytes(StandardCharsets.UTF_8);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
        client = ApiClient.of(config, new VertxHttpClientFactory());
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    /** Half a character would be stored as another, and what is wanted never be what stands there. */
    @Test
    void isWrittenOnceThoughAMessageIsCutAtACharacterOfTwoHalves() throws Exception {
        for (String before : List.of("", "x")) { // one of them has it end within a character
            List<PolicyProblem> problems = List.of(new PolicyProblem("", before + "😀".repeat(1_000)));
            Statuses one = new Statuses(client, Clock.systemUTC());
            one.saw(ID, 0, JSON.createObjectNode(), problems);
            one.write(Map.of(), document -> NONE);
            Statuses another = new Statuses(client, Clock.systemUTC());
            another.saw(ID, 0, patches.take().path("status"), problems);
            another.write(Map.of(), document -> NONE);
            assertThat(patches.size()).isZero();
        }
    }

    /** What one replica remembers of a document that cannot be used, another that started since does not. */
    @Test
    void theCountsOfWhatCannotBeUsedAreLeftAsTheyStand() throws Exception {
        JsonNode status = JSON.createObjectNode().put("pipelines", 7);
        for (Map<DocumentId, PolicyDocument> inForce :
                List.of(Map.of(ID, GOOD), Map.<DocumentId, PolicyDocument>of())) {
            Statuses statuses = new Statuses(client, Clock.systemUTC());
            statuses.saw(ID, 2, status, PROBLEMS);
            statuses.write(inForce, version -> new Statuses.Governed(1, 3));
            assertThat(patches.take().path("status").properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder("observedGeneration", "conditions");
        }
    }

    /** As a replica of another version of Penstock may judge, while one follows the other. */
    @Test
    void whatAnotherReplicaJudgesOtherwiseIsWrittenAgainAfterAMinuteOnly() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
        InstantSource source = now::get;
        Statuses statuses = new Statuses(client, source.withZone(ZoneOffset.UTC));
        statuses.saw(ID, 2, JSON.createObjectNode(), PROBLEMS);
        statuses.write(Map.of(), version -> NONE);
        assertThat(patches.take().at("/status/conditions/0/status").asText()).isEqualTo("False");
        statuses.saw(ID, 2, JSON.createObjectNode(), PROBLEMS); // another's stands there again
        now.updateAndGet(time -> time.plusSeconds(59));
        statuses.write(Map.of(), version -> NONE);
        assertThat(patches.size()).isZero();
        statuses.saw(ID, 3, JSON.createObjectNode(), PROBLEMS);
        statuses.write(Map.of(), version -> NONE);
        assertThat(patches.take().at("/status/observedGeneration").asInt()).isEqualTo(3);
        now.updateAndGet(time -> time.plusSeconds(60));
        statuses.write(Map.of(), version -> NONE);
        assertThat(patches.take().at("/status/observedGeneration").asInt()).isEqualTo(3);
    }
}
