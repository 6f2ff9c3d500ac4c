package dev.penstock.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.text.Beginning;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What the status of each document says: whether it is in force, and for how many namespaces and pipelines. Every replica
 * of a version writes the same, and only where another status stands there. The counts of a document that cannot be used
 * stay as they are: of its last good version, which may be in force, a replica that started since knows nothing.
 *
 * <p>Thread-safe; {@link #write} for one thread at a time.
 */
final class Statuses {
    private static final Logger LOG = Logger.getLogger(Statuses.class);
    // Kubernetes takes 32768 in Condition.message. Nobody reads on for longer than this.
    private static final int MAX_MESSAGE = 1024;
    // Replicas of two versions may judge a document differently, for as long as an upgrade takes or hangs.
    private static final Duration UNTIL_AGAIN = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<DocumentId, Seen> seen = new ConcurrentHashMap<>();
    private final Map<DocumentId, Written> written = new ConcurrentHashMap<>();
    private final Map<DocumentId, String> told = new ConcurrentHashMap<>(); // why a status cannot be written

    /** A document as the watch brought it last. */
    private record Seen(long generation, JsonNode status, List<PolicyProblem> problems) {}

    /** The status that was written last. */
    private record Written(ObjectNode status, Instant at) {}

    /** How many a document governs. */
    record Governed(int namespaces, int pipelines) {}

    Statuses(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Takes down what the watch has brought.
     *
     * @param generation of the document
     * @param status that it has
     * @param problems why it cannot be in force; none where it is
     * @return whether these problems are new
     */
    boolean saw(DocumentId id, long generation, JsonNode status, List<PolicyProblem> problems) {
        Seen before = seen.put(id, new Seen(generation, status, problems));
        return before == null || !before.problems.equals(problems);
    }

    /** Whether each document can be in force as it is now. */
    Map<DocumentId, Boolean> ready() {
        Map<DocumentId, Boolean> ready = new HashMap<>();
        seen.forEach((id, document) -> ready.put(id, document.problems.isEmpty()));
        return ready;
    }

    void gone(DocumentId id) {
        seen.remove(id);
        written.remove(id);
        told.remove(id);
    }

    /**
     * Writes what is not so yet, and what was so before only after a while: another replica may know better.
     *
     * @param inForce the good version of each document that has one
     */
    void write(Map<DocumentId, PolicyDocument> inForce, Function<PolicyDocument, Governed> governed) {
        seen.forEach((id, document) -> {
            ObjectNode wanted = status(document);
            PolicyDocument version = inForce.get(id);
            if (document.problems.isEmpty() && version != null) {
                Governed counts = governed.apply(version);
                wanted.put("pipelines", counts.pipelines);
                if (id.namespace().isEmpty()) {
                    wanted.put("namespaces", counts.namespaces);
                }
            }
            if (!isSo(document.status, wanted) && !isJustWritten(id, wanted)) {
                write(id, wanted);
            }
        });
    }

    private boolean isJustWritten(DocumentId id, ObjectNode wanted) {
        Written last = written.get(id);
        return last != null
                && isSo(last.status, wanted)
                && Duration.between(last.at, clock.instant()).abs().compareTo(UNTIL_AGAIN) < 0;
    }

    private ObjectNode status(Seen document) {
        ObjectNode status = JsonNodeFactory.instance.objectNode().put("observedGeneration", document.generation);
        boolean ready = document.problems.isEmpty();
        ObjectNode condition = status.putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", ready ? "True" : "False")
                .put("observedGeneration", document.generation)
                .put("reason", ready ? "InForce" : "Invalid")
                .put("message", ready ? "in force" : message(document.problems));
        JsonNode before = document.status.path("conditions").path(0);
        condition.put(
                "lastTransitionTime",
                before.path("status").equals(condition.path("status"))
                        ? before.path("lastTransitionTime").asText()
                        : clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return status;
    }

    private static String message(List<PolicyProblem> problems) {
        String all = "a version before this, if there was one, stays in force: " + PolicyProblem.line(problems);
        return all.length() > MAX_MESSAGE ? Beginning.of(all, MAX_MESSAGE - 1) + "…" : all;
    }

    /** Numbers are compared by what they say: one that came over the wire may be of another type. */
    private static boolean isSo(JsonNode status, JsonNode wanted) {
        return wanted.properties().stream()
                .allMatch(member -> member.getValue().isNumber()
                        ? status.path(member.getKey()).asLong(-1)
                                == member.getValue().asLong()
                        : asText(status.path(member.getKey())).equals(asText(member.getValue())));
    }

    private static String asText(JsonNode conditions) {
        JsonNode condition = conditions.path(0);
        return condition instanceof MissingNode
                ? ""
                : List.of("type", "status", "observedGeneration", "reason", "message").stream()
                        .map(member -> condition.path(member).asText())
                        .collect(Collectors.joining("\n"));
    }

    private void write(DocumentId id, ObjectNode status) {
        String patch = JsonNodeFactory.instance
                .objectNode()
                .<ObjectNode>set("status", status)
                .toString();
        try {
            Documents.resource(client, id).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), patch);
            written.put(id, new Written(status, clock.instant()));
            told.remove(id);
        } catch (KubernetesClientException e) {
            String message = ClusterException.why(e);
            if (e.getCode() != 404 && !message.equals(told.put(id, message))) { // deleted meanwhile
                LOG.warnf("the status of %s cannot be written, and will be tried again: %s", id, message);
            }
        }
    }
}
