package dev.penstock.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The pipelines of a cluster, read page by page: nothing of them is kept. */
final class ClusterPipelines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAGE = "/apis/batch/v1/cronjobs?labelSelector=penstock.dev%2Fpipeline&limit=500";
    // The API server waits ten seconds for the webhook.
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final KubernetesClient client;

    ClusterPipelines(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Hands out each pipeline of these namespaces, with its namespace; several at once.
     *
     * @return whether these were all; else the time was over
     */
    boolean forEach(Predicate<String> namespaces, BiConsumer<ObjectNode, String> action) {
        long end = System.nanoTime() + LIMIT.toNanos();
        String next = "";
        do {
            JsonNode page = page(next);
            page.path("items").valueStream().map(ObjectNode.class::cast).toList().parallelStream()
                    .filter(pipeline -> namespaces.test(namespace(pipeline)))
                    .forEach(pipeline -> action.accept(pipeline, namespace(pipeline)));
            next = page.path("metadata").path("continue").asText("");
        } while (!next.isEmpty() && System.nanoTime() < end);
        return next.isEmpty();
    }

    private static String namespace(ObjectNode pipeline) {
        return pipeline.path("metadata").path("namespace").asText();
    }

    private JsonNode page(String from) {
        String uri = from.isEmpty() ? PAGE : PAGE + "&continue=" + URLEncoder.encode(from, StandardCharsets.UTF_8);
        try {
            return JSON.readTree(client.raw(uri));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API server answers no JSON", e);
        }
    }
}
