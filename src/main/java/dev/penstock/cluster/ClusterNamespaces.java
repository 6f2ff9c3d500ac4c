package dev.penstock.cluster;

import dev.penstock.policy.KubernetesNames;
import dev.penstock.policy.NamespaceLabels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The labels of a cluster's namespaces, watched. */
final class ClusterNamespaces implements NamespaceLabels {
    private static final ResourceDefinitionContext NAMESPACES = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Namespace")
            .withPlural("namespaces")
            .withNamespaced(false)
            .build();
    // The API server waits 5 s for a review: an answer after that is none.
    private static final int PATIENCE_SECONDS = 4;
    private static final CompletionStage<Void> KNOWN = CompletableFuture.completedStage(null);

    // The answers that are kept: a review looks at its own a moment later, and the next one asks anew.
    static final int MOST_ASKED = 1_000;

    private final KubernetesClient client;
    private final Map<String, Map<String, String>> labels = new ConcurrentHashMap<>(); // as the watch brings them
    private final Map<String, Map<String, String>> asked = Collections.synchronizedMap(new Latest());

    ClusterNamespaces(KubernetesClient client) {
        this.client = client;
    }

    /** The watch, which is the caller's to start and to stop. */
    Watched informer() {
        // Of ten thousand namespaces, all but the labels would be ballast; and those are here.
        Watched informer = Watched.of(
                        "namespaces",
                        client.genericKubernetesResources(NAMESPACES).withLimit(PipelinePage.SIZE))
                .keepingNames(client);
        informer.addEventHandler(new Following<>(
                this::put, namespace -> labels.remove(namespace.getMetadata().getName())));
        return informer;
    }

    /** As the API server has it now; null where there is none of this name. It is not asked for what is none, such as a path. */
    static @Nullable GenericKubernetesResource get(KubernetesClient client, String name) {
        return KubernetesNames.isDnsLabel(name)
                ? client.genericKubernetesResources(NAMESPACES).withName(name).get()
                : null;
    }

    /** All that the watch has brought. */
    Set<String> names() {
        return labels.keySet();
    }

    private void put(GenericKubernetesResource namespace) {
        labels.put(namespace.getMetadata().getName(), labels(namespace));
    }

    static Map<String, String> labels(GenericKubernetesResource namespace) {
        Map<String, String> labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : Map.copyOf(labels);
    }

    @Override
    public Map<String, String> of(String namespace) {
        Map<String, String> known = labels.get(namespace);
        if (known == null) {
            known = asked.get(namespace);
        }
        return known == null ? OF_THE_NAME.of(namespace) : known;
    }

    /**
     * Asks for a namespace that the watch has not brought yet. One that there is not, or cannot be, stays unknown. Fails with a
     * {@link ClusterException} where the API server does not tell.
     */
    CompletionStage<Void> know(String namespace) {
        return namespace.isEmpty() || labels.containsKey(namespace)
                ? KNOWN
                : CompletableFuture.runAsync(() -> ask(namespace), Infrastructure.getDefaultWorkerPool())
                        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .exceptionally(failure -> {
                            throw unknown(failure);
                        });
    }

    private static ClusterException unknown(Throwable failure) {
        for (Throwable why = failure; why != null; why = why.getCause()) {
            if (why instanceof Error ours) {
                throw ours;
            }
        }
        String what = "the labels of the namespace are not known";
        return failure instanceof TimeoutException
                ? new ClusterException(what + ": no answer within " + PATIENCE_SECONDS + " s")
                : new ClusterException(what, failure);
    }

    private void ask(String name) {
        GenericKubernetesResource namespace = get(client, name);
        if (namespace == null) {
            asked.remove(name);
        } else {
            asked.put(namespace.getMetadata().getName(), labels(namespace));
        }
    }

    /** The labels of so many namespaces, without those that were not looked at for the longest time. */
    private static final class Latest extends LinkedHashMap<String, Map<String, String>> {
        private static final float LOAD_FACTOR = 0.75f;

        Latest() {
            super(MOST_ASKED, LOAD_FACTOR, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, String>> eldest) {
            return size() > MOST_ASKED;
        }
    }
}
