package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One CronJob on an API server that asks a webhook, and the requests that clients make. Those that reach the server answer
 * with what they do to the object, for a test that does the same to what was written.
 */
final class Cluster {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String CLIENT_SIDE = "kubectl-client-side-apply";
    private static final String KUBECTL = "kubectl"; // with --server-side

    /** What a mutating webhook makes of an object; empty where it denies it. */
    interface Webhook {
        Optional<ObjectNode> admit(ObjectNode sent, @Nullable ObjectNode old, String fieldManager);
    }

    private final Webhook webhook;
    private @Nullable ObjectNode stored;
    private Ownership ownership = Ownership.NONE;
    private JsonNode lastApplied = MissingNode.getInstance();
    private boolean halfMoved;

    Cluster(Webhook webhook) {
        this.webhook = webhook;
    }

    Optional<ObjectNode> stored() {
        return Optional.ofNullable(stored);
    }

    Ownership ownership() {
        return ownership;
    }

    /** Whether the move to server-side apply was refused on its way: nobody can say what is whose then. */
    boolean isHalfMoved() {
        return halfMoved;
    }

    /** What client-side apply recorded; a missing node where it recorded nothing. */
    JsonNode lastApplied() {
        return lastApplied;
    }

    private ObjectNode live() {
        return stored == null ? JsonNodeFactory.instance.objectNode() : stored.deepCopy();
    }

    /** POST or PUT of a whole manifest. */
    Optional<UnaryOperator<ObjectNode>> put(String manager, ObjectNode manifest) {
        return update(manager, manifest, written -> manifest.deepCopy());
    }

    /** A patch that sets what it holds. */
    Optional<UnaryOperator<ObjectNode>> patch(String manager, ObjectNode partial) {
        return update(manager, Merge.of(live(), partial), written -> Merge.of(written, partial));
    }

    /** A patch that removes a field. */
    Optional<UnaryOperator<ObjectNode>> remove(String manager, List<String> path) {
        return update(
                manager,
                Merge.without(live(), Set.of(path), Set.of()),
                written -> Merge.without(written, Set.of(path), Set.of()));
    }

    /** {@code kubectl apply}; nothing reaches the server where its three-way patch is empty. */
    Optional<UnaryOperator<ObjectNode>> applyByClient(ObjectNode manifest) {
        ObjectNode modified = manifest.deepCopy();
        modified.withObject("/metadata/annotations").put(LAST_APPLIED, manifest.toString());
        Set<List<String>> gone = topmost(Keyed.paths(lastApplied(), true), modified);
        UnaryOperator<ObjectNode> effect =
                object -> Volumes.retained(Merge.without(Merge.of(object, modified), gone, Set.of()), object, modified);
        ObjectNode result = stored == null ? modified : effect.apply(live());
        boolean empty = stored != null && result.equals(stored);
        return empty ? Optional.empty() : update(CLIENT_SIDE, result, effect);
    }

    private static Set<List<String>> topmost(Set<List<String>> before, ObjectNode now) {
        Set<List<String>> gone = new LinkedHashSet<>(before);
        gone.removeIf(path -> !Keyed.get(now, path).isMissingNode()
                || Keyed.get(now, Keyed.holder(path)).isMissingNode());
        return gone;
    }

    /** {@code kubectl apply --server-side}, which first takes over what client-side apply left. */
    Optional<UnaryOperator<ObjectNode>> applyByKubectl(ObjectNode manifest) {
        Optional<UnaryOperator<ObjectNode>> applied = apply(KUBECTL, manifest);
        Ownership moved = ownership.moved(CLIENT_SIDE, KUBECTL);
        if (applied.isEmpty() || moved.equals(ownership) || lastApplied().isMissingNode()) {
            return applied;
        }
        if (!store(KUBECTL, live(), moved)) {
            return applied;
        }
        UnaryOperator<ObjectNode> first = applied.get();
        Optional<UnaryOperator<ObjectNode>> again = apply(KUBECTL, manifest);
        halfMoved = again.isEmpty();
        return again.map(second -> written -> second.apply(first.apply(written)));
    }

    /** Server-side apply with force; none that would make untrue what client-side apply recorded: a documented limit. */
    Optional<UnaryOperator<ObjectNode>> apply(String manager, ObjectNode manifest) {
        Ownership after = ownership.applied(manager, live(), manifest);
        Set<List<String>> owned = after.all();
        Set<List<String>> gone = new LinkedHashSet<>(ownership.of(new Ownership.Owner(manager, true)));
        gone.removeAll(owned);
        UnaryOperator<ObjectNode> effect = object -> Merge.without(Merge.of(object, manifest), gone, owned);
        ObjectNode result = effect.apply(live());
        if (manager.equals(KUBECTL) && !lastApplied().isMissingNode()) {
            result.withObject("/metadata/annotations").put(LAST_APPLIED, manifest.toString());
        } else if (losesRecorded(result)) {
            return Optional.empty();
        }
        return store(manager, result, after) ? Optional.of(effect) : Optional.empty();
    }

    private boolean losesRecorded(ObjectNode result) {
        return Keyed.paths(lastApplied(), true).stream()
                .filter(path -> path.get(path.size() - 1).startsWith("k:"))
                .anyMatch(path -> Keyed.get(result, path).isMissingNode());
    }

    /** Of the server's own validation what matters here: it comes after mutating webhooks. */
    static boolean isValid(ObjectNode object) {
        JsonNode podSpec = Yaml.podSpec(object);
        return Stream.of("containers", "initContainers")
                        .flatMap(list -> StreamSupport.stream(podSpec.path(list).spliterator(), false))
                        .allMatch(Cluster::isValidContainer)
                && podSpec.path("containers").size() > 0
                && StreamSupport.stream(podSpec.path("volumes").spliterator(), false)
                        .allMatch(volume -> volume.size() == 2);
    }

    private static boolean isValidContainer(JsonNode container) {
        return !container.path("image").asText().isEmpty()
                && isValidHandler(container.path("livenessProbe"))
                && isValidHandler(container.path("lifecycle").path("preStop"));
    }

    private static boolean isValidHandler(JsonNode handler) {
        return handler.isMissingNode()
                || handler.has("exec") != handler.path("httpGet").has("port");
    }

    private Optional<UnaryOperator<ObjectNode>> update(
            String manager, ObjectNode object, UnaryOperator<ObjectNode> effect) {
        ObjectNode filled = ApiServer.filled(Wire.decoded(object));
        ObjectNode before = live();
        before.withObject("/metadata").remove("managedFields");
        filled.withObject("/metadata").remove("managedFields");
        return store(manager, filled, ownership.updated(manager, before, filled))
                ? Optional.of(effect)
                : Optional.empty();
    }

    /** Whether the webhook lets it through. */
    private boolean store(String manager, ObjectNode object, Ownership owners) {
        ObjectNode sent = ApiServer.filled(Wire.decoded(object));
        sent.withObject("/metadata").set("managedFields", owners.managedFields());
        Optional<ObjectNode> admitted = webhook.admit(sent, stored, manager);
        admitted.ifPresent(result -> {
            stored = result;
            JsonNode text = result.path("metadata").path("annotations").path(LAST_APPLIED);
            lastApplied = text.isMissingNode() ? text : Yaml.tree(text.asText());
            ownership = owners;
        });
        return admitted.isPresent();
    }
}
