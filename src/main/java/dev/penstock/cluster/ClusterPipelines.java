package dev.penstock.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The pipelines of a cluster. Their number is known by a watch, which keeps their names alone; for more they are read page by
 * page, and nothing of them is kept.
 */
final class ClusterPipelines implements AutoCloseable {
    private static final long PAGE_SIZE = 500;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LABEL = "penstock.dev/pipeline";
    private static final String PAGE =
            "/apis/batch/v1/cronjobs?labelSelector=penstock.dev%2Fpipeline&limit=" + PAGE_SIZE;
    // The API server waits ten seconds for the webhook.
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final KubernetesClient client;
    private final SharedIndexInformer<CronJob> informer;

    ClusterPipelines(KubernetesClient client) {
        this.client = client;
        this.informer = client.batch()
                .v1()
                .cronjobs()
                .inAnyNamespace()
                .withLabel(LABEL)
                .withLimit(PAGE_SIZE)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(new ReducedStateItemStore<>(
                        ReducedStateItemStore.NAME_KEY_STATE, CronJob.class, client.getKubernetesSerialization()))
                .exceptionHandler(new WatchFailures("cronjobs"));
    }

    /** The watch, which is the caller's to start. */
    SharedIndexInformer<CronJob> informer() {
        return informer;
    }

    /** How many there are in each namespace that has any. */
    Map<String, Integer> byNamespace() {
        Map<String, Integer> counts = new HashMap<>();
        informer.getStore()
                .listKeys()
                .forEach(key -> counts.merge(key.substring(0, key.indexOf('/')), 1, Integer::sum));
        return counts;
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

    @Override
    public void close() {
        informer.close();
    }
}
