package dev.penstock.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.review.InForce;
import dev.penstock.review.PolicyPreview;
import dev.penstock.review.Reviewer;
import dev.penstock.rules.Rules;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The reviewer by the policies of a cluster, which follows them: what is changed there is in force a moment later, each
 * change as a whole. Of a document that cannot be used the last good version stays in force, and it is logged. While the API
 * server is away, what was known last stays in force.
 *
 * <p>Thread-safe.
 */
public final class ClusterPolicies implements InForce, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ClusterPolicies.class);

    private static final String GROUP = "penstock.dev";
    private static final String VERSION = "v1alpha1";

    private final KubernetesClient client;
    private final ClusterNamespaces namespaces;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final Map<DocumentId, PolicyDocument> good = new ConcurrentHashMap<>();
    private final AtomicBoolean changed = new AtomicBoolean();
    // One at a time, and never on the thread that brings the events: a hundred that come at once are one change.
    private final ExecutorService builder =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "cluster policies"));
    private volatile @Nullable Reviewer inForce;

    /** Watches nothing yet. The client stays the caller's to close. */
    public ClusterPolicies(KubernetesClient client) {
        this.client = client;
        this.namespaces = new ClusterNamespaces(client);
    }

    /** Begins to watch, and returns at once: until all is loaded there is no reviewer. */
    public void start() {
        follow("PipelinePolicy", "pipelinepolicies", false);
        follow("PipelineDefaults", "pipelinedefaults", true);
        informers.add(namespaces.start());
        informers.forEach(informer -> informer.start().whenComplete((done, failure) -> builder.execute(this::build)));
    }

    private void follow(String kind, String plural, boolean namespaced) {
        ResourceDefinitionContext resource = new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(VERSION)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
        SharedIndexInformer<GenericKubernetesResource> informer =
                client.genericKubernetesResources(resource).inAnyNamespace().runnableInformer(0);
        informer.exceptionHandler(new WatchFailures(plural + "." + GROUP));
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource document) {
                put(document);
            }

            @Override
            public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource document) {
                put(document);
            }

            @Override
            public void onDelete(GenericKubernetesResource document, boolean unknown) {
                remove(id(document));
            }
        });
        informers.add(informer);
    }

    private static DocumentId id(GenericKubernetesResource document) {
        String namespace = document.getMetadata().getNamespace();
        return new DocumentId(
                document.getKind(),
                namespace == null ? "" : namespace,
                document.getMetadata().getName());
    }

    private void put(GenericKubernetesResource resource) {
        DocumentId id = id(resource);
        try {
            JsonNode json = client.getKubernetesSerialization().convertValue(resource, JsonNode.class);
            PolicyDocument document = PolicyDocument.read(json, Rules::problems);
            if (!document.equals(good.put(id, document))) {
                change();
            }
        } catch (InvalidPolicyException e) {
            boolean known = good.containsKey(id);
            LOG.errorf(
                    "%s cannot be used, so %s: %s",
                    id,
                    known ? "its last good version stays in force" : "nothing of it is in force",
                    e.problems().stream().map(PolicyProblem::toString).collect(Collectors.joining("; ")));
        }
    }

    private void remove(DocumentId id) {
        if (good.remove(id) != null) {
            change();
        }
    }

    private void change() {
        changed.set(true);
        builder.execute(this::build);
    }

    private void build() {
        boolean first = inForce == null;
        if (!isLoaded() || !(changed.getAndSet(false) || first)) {
            return;
        }
        try {
            List<PolicyDocument> documents = List.copyOf(good.values());
            inForce = Reviewer.of(documents, namespaces);
            LOG.infof("in force: %s of the cluster, above the built-in policy", words(documents));
        } catch (InvalidPolicyException | RuntimeException e) {
            LOG.errorf(e, "the policies of the cluster cannot be put together, so those before stay in force");
        }
    }

    private static String words(List<PolicyDocument> documents) {
        return documents.size() == 1 ? documents.get(0).id().toString() : documents.size() + " policies and defaults";
    }

    private boolean isLoaded() {
        return informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    /** Whether all is loaded and in force. */
    public boolean isReady() {
        return inForce != null;
    }

    /**
     * The reviewer for one review, which goes by these documents from beginning to end.
     *
     * @throws IllegalStateException before all is loaded
     */
    @Override
    public Reviewer get() {
        Reviewer reviewer = inForce;
        if (reviewer == null) {
            throw new IllegalStateException("the policies of the cluster are not loaded yet");
        }
        return reviewer;
    }

    /** Asks for the labels of a namespace that is younger than what the watch has brought. */
    @Override
    public CompletionStage<Void> know(String namespace) {
        return namespaces.know(namespace);
    }

    @Override
    public List<String> preview(PolicyDocument document, Instant now) {
        Map<DocumentId, PolicyDocument> documents = new HashMap<>(good);
        documents.put(document.id(), document);
        try {
            PolicyPreview preview = new PolicyPreview(get(), Reviewer.of(documents.values(), namespaces), now);
            boolean all = new ClusterPipelines(client)
                    .forEach(namespace -> document.selects(namespace, namespaces.of(namespace)), preview::add);
            List<String> lines = new ArrayList<>(preview.lines());
            if (!all) {
                lines.add("these are not all: the cluster has more pipelines than could be read in time");
            }
            return lines;
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException("each policy is good, and all together are not", e);
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
        builder.shutdownNow();
    }
}
