package dev.penstock.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.rules.PipelineLabel;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The pipelines of a cluster. Their number is known by a watch, which keeps their names alone; for more they are read page by
 * page, and nothing of them is kept.
 */
final class ClusterPipelines implements AutoCloseable {
    // The API server waits ten seconds for the webhook.
    private static final Duration LIMIT = Duration.ofSeconds(8);
    // Of the watch, which has time: it makes trees of them, and each may have a script of a hundred kilobytes.
    private static final long PAGE = 50;

    private static final ResourceDefinitionContext CRON_JOBS = new ResourceDefinitionContext.Builder()
            .withGroup("batch")
            .withVersion("v1")
            .withKind("CronJob")
            .withPlural("cronjobs")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final Watched informer;

    ClusterPipelines(KubernetesClient client) {
        this.client = client;
        this.informer = Watched.of(
                        client.genericKubernetesResources(CRON_JOBS)
                                .inAnyNamespace()
                                .withLabel(PipelineLabel.KEY)
                                .withLimit(PAGE),
                        new WatchFailures(
                                "cronjobs",
                                "no status of a policy is written before that",
                                "statuses count the pipelines that were known last"))
                .keepingNames(client);
    }

    /** The watch, which is the caller's to start. */
    Watched informer() {
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
     * @throws ClusterException where the API server gives none
     */
    boolean forEach(Predicate<String> namespaces, BiConsumer<ObjectNode, String> action) {
        long end = System.nanoTime() + LIMIT.toNanos();
        String next = PipelinePage.FIRST;
        do {
            Optional<PipelinePage> answer = PipelinePage.get(client, next, Duration.ofNanos(end - System.nanoTime()));
            if (answer.isEmpty()) {
                return false;
            }
            PipelinePage page = answer.get();
            page.pipelines().parallelStream().map(PipelinePage::parse).forEach(pipeline -> {
                String namespace = pipeline.path("metadata").path("namespace").asText();
                if (namespaces.test(namespace)) {
                    action.accept(pipeline, namespace);
                }
            });
            next = page.next();
        } while (!next.isEmpty() && System.nanoTime() < end);
        return next.isEmpty();
    }

    @Override
    public void close() {
        informer.close();
    }
}
