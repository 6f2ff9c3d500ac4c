package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.PolicyProblem;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class StatusesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DocumentId ID = new DocumentId("PipelinePolicy", "", "science");

    /** Half a character would be stored as another, and what is wanted never be what stands there. */
    @Test
    void isWrittenOnceThoughAMessageIsCutAtACharacterOfTwoHalves() throws Exception {
        BlockingQueue<JsonNode> patches = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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
        try (KubernetesClient client = ApiClient.of(config, new VertxHttpClientFactory())) {
            Statuses statuses = new Statuses(client, Clock.systemUTC());
            for (String before : List.of("", "x")) { // one of them has it end within a character
                List<PolicyProblem> problems = List.of(new PolicyProblem("", before + "😀".repeat(1_000)));
                statuses.saw(ID, JSON.createObjectNode(), problems);
                statuses.write(Map.of(), document -> new Statuses.Governed(0, 0));
                statuses.saw(ID, patches.take(), problems);
                statuses.write(Map.of(), document -> new Statuses.Governed(0, 0));
                assertThat(patches.size()).isZero();
            }
        } finally {
            server.stop(0);
        }
    }
}
