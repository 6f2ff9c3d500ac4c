package dev.penstock.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyProblem;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of a kubeconfig's current context, asked once for what a review needs, and never written to.
 *
 * <p>Every method throws {@link ClusterException} where the API server does not answer, or does not let the user read. Not
 * thread-safe.
 */
public final class ClusterSnapshot implements NamespaceLabels {
    private static final Duration PAGE = Duration.ofSeconds(60);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int RETRIES = 3; // somebody waits for an answer

    private final KubernetesClient client;
    private final List<PolicyDocument> documents = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Map<String, String>> labels = new HashMap<>(); // of namespaces that were asked for

    private ClusterSnapshot(KubernetesClient client) {
        this.client = client;
    }

    /** Reads the policies of the cluster. */
    public static ClusterSnapshot ofCurrentContext() {
        Config config = Kubeconfig.current();
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestRetryBackoffLimit(RETRIES);
        ClusterSnapshot snapshot = new ClusterSnapshot(ApiClient.of(config, new VertxHttpClientFactory()));
        snapshot.ask("policies", () -> Documents.all(snapshot.client)).forEach(snapshot::add);
        return snapshot;
    }

    private void add(GenericKubernetesResource resource) {
        try {
            documents.add(Documents.read(client, resource));
        } catch (InvalidPolicyException e) {
            problems.add(
                    Documents.id(resource) + " cannot be used, and is left out: " + PolicyProblem.line(e.problems()));
        }
    }

    /** The policies and defaults that can be used. */
    public List<PolicyDocument> documents() {
        return documents;
    }

    /** What is wrong with the others; a webhook may still have the last good version of them. */
    public List<String> problems() {
        return problems;
    }

    /** The namespace of the context. */
    public String namespace() {
        String namespace = client.getConfiguration().getNamespace();
        return namespace == null ? "default" : namespace;
    }

    /** Of a namespace that there is not, those that its name tells. */
    @Override
    public Map<String, String> of(String namespace) {
        return labels.computeIfAbsent(namespace, name -> {
            GenericKubernetesResource found = ask("namespace " + name, () -> ClusterNamespaces.get(client, name));
            return found == null ? OF_THE_NAME.of(name) : ClusterNamespaces.labels(found);
        });
    }

    /** The CronJob of this name, or null. */
    public @Nullable ObjectNode cronJob(String namespace, String name) {
        String path = "/apis/batch/v1/namespaces/" + PipelinePage.encoded(namespace) + "/cronjobs/"
                + PipelinePage.encoded(name);
        String json = ask("CronJob " + namespace + "/" + name, () -> client.raw(path)); // null where it is not found
        return json == null ? null : PipelinePage.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Hands out each pipeline with its namespace, page by page. */
    public void forEachPipeline(BiConsumer<ObjectNode, String> action) {
        String next = PipelinePage.FIRST;
        do {
            PipelinePage page = PipelinePage.get(client, next, PAGE)
                    .orElseThrow(() -> ClusterException.unread(
                            "cronjobs", client, new TimeoutException("no answer in " + PAGE.toSeconds() + " s")));
            for (byte[] json : page.pipelines()) {
                ObjectNode pipeline = PipelinePage.parse(json);
                action.accept(
                        pipeline, pipeline.path("metadata").path("namespace").asText());
            }
            next = page.next();
        } while (!next.isEmpty());
    }

    private <T extends @Nullable Object> T ask(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw ClusterException.unread(what, client, e);
        }
    }
}
