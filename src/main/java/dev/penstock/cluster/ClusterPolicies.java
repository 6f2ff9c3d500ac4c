package dev.penstock.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.review.InForce;
import dev.penstock.review.PolicyPreview;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Standing;
import dev.penstock.text.LogText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The reviewer by the policies of a cluster, which follows them: what is changed there is in force a moment later, each
 * change as a whole. Of a document that cannot be used the last good version stays in force, and log and status say why.
 * While the API server is away, what was known last stays in force.
 *
 * <p>Thread-safe.
 */
public final class ClusterPolicies implements InForce, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ClusterPolicies.class);
    // Counts in a status need not be of this very second.
    private static final long STATUS_SECONDS = 5;

    private final KubernetesClient client;
    private final ClusterNamespaces namespaces;
    private final ClusterPipelines pipelines;
    private final Statuses statuses;
    private final List<Watched> documents;
    private final List<Watched> needed;
    private final Set<DocumentId> heard = ConcurrentHashMap.newKeySet();
    private final Map<DocumentId, PolicyDocument> good = new ConcurrentHashMap<>();
    private final AtomicBoolean changed = new AtomicBoolean(true);
    // One at a time, and never on the thread that brings the events: a hundred that come at once are one change.
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "cluster policies"));
    private final ScheduledExecutorService clerk =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "policy statuses"));
    private final Semaphore previews = new Semaphore(1); // each reads every pipeline
    private volatile boolean listed;
    private volatile @Nullable Reviewer inForce;

    /** Watches nothing yet. The client stays the caller's to close. */
    public ClusterPolicies(KubernetesClient client, Clock clock) {
        this.client = client;
        this.namespaces = new ClusterNamespaces(client);
        this.pipelines = new ClusterPipelines(client);
        this.statuses = new Statuses(client, clock);
        this.documents = Documents.informers(client);
        this.needed = Stream.concat(documents.stream(), Stream.of(namespaces.informer()))
                .toList();
    }

    /** Begins to watch, and returns at once: until all is loaded there is no reviewer. */
    @SuppressWarnings("FutureReturnValueIgnored") // no start fails: WatchFailures goes on
    public void start() {
        for (Watched informer : documents) {
            informer.addEventHandler(new Following<>(this::put, document -> remove(Documents.id(document))));
        }
        CompletableFuture.allOf(needed.stream()
                        .map(informer -> informer.start().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenRun(() -> {
                    listed = true;
                    worker.execute(this::build);
                    pipelines.informer().start(); // no review needs it, and the first is not to wait for it
                });
        clerk.scheduleWithFixedDelay(this::writeStatuses, STATUS_SECONDS, STATUS_SECONDS, TimeUnit.SECONDS);
    }

    private void put(GenericKubernetesResource resource) {
        DocumentId id = Documents.id(resource);
        List<PolicyProblem> problems = List.of();
        try {
            PolicyDocument document = Documents.read(client, resource);
            if (!document.equals(good.put(id, document))) {
                change();
            }
        } catch (InvalidPolicyException e) {
            problems = e.problems();
        }
        if (saw(id, resource, problems) && !problems.isEmpty()) {
            LOG.errorf(
                    "%s cannot be used, so %s: %s",
                    id,
                    good.containsKey(id) ? "its last good version stays in force" : "nothing of it is in force",
                    LogText.line(PolicyProblem.line(problems)));
        }
        if (heard.add(id) && !isReady()) {
            worker.execute(this::build); // it may be the last that is missing
        }
    }

    private boolean saw(DocumentId id, GenericKubernetesResource resource, List<PolicyProblem> problems) {
        JsonNode status = client.getKubernetesSerialization().convertValue(resource.get("status"), JsonNode.class);
        long generation = Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 0L);
        return statuses.saw(id, generation, status, problems);
    }

    private void remove(DocumentId id) {
        statuses.gone(id);
        heard.remove(id);
        if (good.remove(id) != null) {
            change();
        }
    }

    private void change() {
        changed.set(true);
        worker.execute(this::build);
    }

    private void build() {
        if (!(isReady() || isLoaded()) || !changed.getAndSet(false)) {
            return;
        }
        try {
            List<PolicyDocument> documents = List.copyOf(good.values());
            inForce = Reviewer.of(documents, namespaces);
            LOG.infof("in force: %s", words(documents));
        } catch (InvalidPolicyException | RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "the policies of the cluster cannot be put together, so that those before stay in force");
        }
    }

    /** Whether every document that there was at the start has been heard of: an informer has listed them before it tells. */
    private boolean isLoaded() {
        return listed
                && documents.stream()
                        .flatMap(informer -> informer.getStore().list().stream())
                        .map(Documents::id)
                        .allMatch(heard::contains);
    }

    private static String words(List<PolicyDocument> documents) {
        if (documents.isEmpty()) {
            return "the built-in policy alone";
        }
        String words =
                documents.size() == 1 ? documents.get(0).id().toString() : documents.size() + " policies and defaults";
        return words + " of the cluster, above the built-in policy";
    }

    private void writeStatuses() {
        try {
            if (isReady() && pipelines.informer().hasSynced()) {
                Map<String, Integer> counts = pipelines.byNamespace();
                statuses.write(good, document -> governed(document, counts));
            }
        } catch (RuntimeException | StackOverflowError e) { // else they would never be written again
            LOG.errorf(e, "writing statuses failed, and will be tried again");
        }
    }

    private Statuses.Governed governed(PolicyDocument document, Map<String, Integer> pipelinesByNamespace) {
        int selected = 0;
        int governed = 0;
        for (String namespace : namespaces.names()) {
            if (isOver(document, namespace)) {
                selected++;
                governed += pipelinesByNamespace.getOrDefault(namespace, 0);
            }
        }
        return new Statuses.Governed(selected, governed);
    }

    @Override
    public List<Standing> standings() {
        return statuses.ready().entrySet().stream()
                .map(document -> new Standing(
                        document.getKey(), document.getValue(), Optional.ofNullable(good.get(document.getKey()))))
                .toList();
    }

    /** Whether all is loaded and in force. */
    @Override
    public boolean isReady() {
        return inForce != null;
    }

    /**
     * The reviewer for one review, which goes by these documents from beginning to end.
     *
     * @throws ClusterException before all is loaded
     */
    @Override
    public Reviewer get() {
        Reviewer reviewer = inForce;
        if (reviewer == null) {
            throw new ClusterException("the policies of the cluster are not loaded yet");
        }
        return reviewer;
    }

    @Override
    public boolean isFollowed() {
        return needed.stream().allMatch(Watched::isFollowed);
    }

    /** Asks for the labels of a namespace that is younger than what the watch has brought. */
    @Override
    public CompletionStage<Void> know(String namespace) {
        return namespaces.know(namespace);
    }

    @Override
    public List<String> preview(PolicyDocument document, Instant now) {
        if (!previews.tryAcquire()) {
            return List.of(
                    "another dry run is just being looked at: what this one would change is said a moment later");
        }
        try {
            return lines(document, now);
        } finally {
            previews.release();
        }
    }

    private List<String> lines(PolicyDocument document, Instant now) {
        Map<DocumentId, PolicyDocument> documents = new HashMap<>(good);
        documents.put(document.id(), document);
        try {
            PolicyPreview preview = new PolicyPreview(get(), Reviewer.of(documents.values(), namespaces), now);
            PolicyDocument before = good.getOrDefault(document.id(), document);
            boolean all = pipelines.forEach(
                    namespace -> isOver(document, namespace) || isOver(before, namespace),
                    (pipeline, namespace) -> preview.add(pipeline, namespace, isOver(document, namespace)));
            List<String> lines = new ArrayList<>(preview.lines());
            if (!all) {
                lines.add("these are not all: the cluster has more pipelines than could be read in time");
            }
            return lines;
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException("each policy is good, and all together are not", e);
        }
    }

    private boolean isOver(PolicyDocument document, String namespace) {
        return document.selects(namespace, namespaces.of(namespace));
    }

    @Override
    public void close() {
        needed.forEach(Watched::close);
        pipelines.close();
        worker.shutdownNow();
        clerk.shutdownNow();
    }
}
