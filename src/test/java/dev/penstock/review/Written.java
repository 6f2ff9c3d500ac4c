package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What authors last wrote of a CronJob: the same requests, made to an object that nobody else writes to. It knows nothing of
 * how Penstock finds that out.
 */
final class Written {
    private static final List<String> ANNOTATIONS = List.of("f:metadata", "f:annotations");
    // Which nobody writes for what they say.
    private static final List<String> BOOKKEEPING =
            List.of("f:kubectl.kubernetes.io/last-applied-configuration", "f:penstock.dev/defaulted");
    private static final List<String> IMAGE = Keyed.then(ANNOTATIONS, "f:penstock.dev/image");
    private static final List<String> SCHEDULE = List.of("f:spec", "f:schedule");

    private ObjectNode tree = JsonNodeFactory.instance.objectNode();
    private final Map<List<String>, JsonNode> unsure = new HashMap<>(); // equal to ours, and sent without evidence
    private final Map<List<String>, JsonNode> decided = new HashMap<>(); // a change to the server's default
    private final Map<List<String>, JsonNode> reset = new HashMap<>(); // to the server's default, by who knows what
    private final Set<List<String>> edited = new HashSet<>(); // containers of which only edits speak

    ObjectNode tree() {
        return tree.deepCopy();
    }

    JsonNode at(List<String> path) {
        return Keyed.get(tree, path);
    }

    /** An author's manifest arrives, by apply or whole. */
    void manifest(UnaryOperator<ObjectNode> effect, ObjectNode manifest, Ownership owners) {
        JsonNode image = at(IMAGE);
        ObjectNode last = tree;
        tree = Wire.decoded(effect.apply(Wire.decoded(last)));
        keepZeroes(last, path -> owners.isApplied(path));
        keepZeroes(manifest, path -> true);
        forgetBookkeeping();
        if (at(SCHEDULE).asText().isEmpty()) {
            Keyed.remove(tree, SCHEDULE);
        }
        if (Yaml.podSpec(tree).path("restartPolicy").asText().equals("Always")) {
            ((ObjectNode) Yaml.podSpec(tree)).remove("restartPolicy");
        }
        edited.removeIf(container -> !Keyed.get(manifest, container).isMissingNode());
        // What only memory tells, it tells after the manifest gave up what holds it.
        decided.forEach((path, value) -> {
            if (at(path).isMissingNode()) {
                reset.put(path, value);
            }
        });
        followImage(image);
    }

    private void keepZeroes(ObjectNode from, Predicate<List<String>> which) {
        for (List<String> path : Keyed.paths(from, false)) {
            JsonNode value = Keyed.get(from, path);
            boolean open = at(path).isMissingNode() && !at(Keyed.holder(path)).isMissingNode();
            if (Wire.isDroppedZero(path, value) && open && which.test(path)) {
                Keyed.put(tree, path, value);
            }
        }
    }

    /** What equals what Penstock had filled in, and came without evidence, may be either's. */
    void doubt(ObjectNode live, ObjectNode before) {
        ObjectNode filled = ApiServer.filled(tree());
        for (List<String> path : Keyed.paths(tree, true)) {
            JsonNode now = Keyed.get(live, path);
            boolean takenOver = path.size() == 7 && path.get(6).startsWith("k:") && now.isObject();
            if (Keyed.get(before, path).isMissingNode()
                    && (takenOver || Keyed.get(filled, path).equals(now))) {
                unsure.put(path, at(path));
            }
        }
    }

    /** A removal, or a whole manifest without evidence, reads as writing the server's default: a documented limit. */
    void doubtDefaults(ObjectNode before, ObjectNode after) {
        ObjectNode sent = ApiServer.filled(tree());
        for (List<String> path : Keyed.paths(after, false)) {
            JsonNode value = Keyed.get(after, path);
            if (!value.equals(Keyed.get(before, path)) && value.equals(Keyed.get(sent, path))) {
                reset.put(path, value);
            }
        }
    }

    boolean isReset(List<String> path, ObjectNode after) {
        return Keyed.get(after, path).equals(reset.get(path));
    }

    /** Somebody sets fields of an object that is there. */
    void edit(ObjectNode partial, ObjectNode live, Cluster cluster) {
        JsonNode image = at(IMAGE);
        ObjectNode merged = Wire.decoded(Merge.of(live, partial));
        for (List<String> path : Keyed.paths(partial, false)) {
            if (!path.get(path.size() - 1).startsWith("k:")
                    && !Keyed.get(live, path).equals(Keyed.get(merged, path))) {
                edit(whole(path), merged, cluster);
            }
        }
        forgetBookkeeping();
        followImage(image);
    }

    private void forgetBookkeeping() {
        BOOKKEEPING.forEach(annotation -> Keyed.remove(tree, Keyed.then(ANNOTATIONS, annotation)));
    }

    private void edit(List<String> path, ObjectNode merged, Cluster cluster) {
        container(path).filter(container -> at(container).isMissingNode()).ifPresent(edited::add);
        Keyed.put(tree, path, Keyed.get(merged, path));
        if (isDefault(path) && !isApplied(path, cluster)) {
            decided.put(path, at(path));
        }
    }

    /** Whether edits speak of containers of which no manifest does: then no manifest says the same. */
    boolean hasEdited() {
        return !edited.isEmpty()
                || unsure.keySet().stream()
                        .anyMatch(path -> path.size() == 7 && path.get(6).startsWith("k:"));
    }

    /** Somebody removes a field. */
    void remove(List<String> path) {
        Keyed.remove(tree, path);
    }

    private void followImage(JsonNode before) {
        if (!at(IMAGE).equals(before)) {
            edited.forEach(container -> Keyed.remove(tree, Keyed.then(container, "f:image")));
        }
    }

    /** The element of a list other than containers that holds the field: an author who edits it takes it over. */
    private static List<String> whole(List<String> path) {
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).startsWith("k:")
                    && !path.get(i - 1).toLowerCase(Locale.ROOT).endsWith("containers")) {
                return path.subList(0, i + 1);
            }
        }
        return path;
    }

    static Optional<List<String>> container(List<String> path) {
        return path.size() > 7 && path.get(6).startsWith("k:") ? Optional.of(path.subList(0, 7)) : Optional.empty();
    }

    /** A container of the policy's goes with what was edited in it. */
    void forgetGone(ObjectNode after) {
        edited.removeIf(container -> {
            boolean gone = Keyed.get(after, container).isMissingNode();
            if (gone) {
                Keyed.remove(tree, container);
            }
            return gone;
        });
    }

    /** The values that must stand, whatever else happens. */
    List<List<String>> proven(Cluster cluster) {
        decided.entrySet()
                .removeIf(entry -> !at(entry.getKey()).equals(entry.getValue()) || !isDefault(entry.getKey()));
        unsure.entrySet().removeIf(entry -> !decoded(at(entry.getKey())).equals(decoded(entry.getValue())));
        List<List<String>> proven = new ArrayList<>(Keyed.paths(tree, false));
        proven.removeIf(path -> !isProven(path, cluster));
        // What nothing proves once, nothing proves later.
        Keyed.paths(tree, false).stream()
                .filter(path -> !proven.contains(path))
                .forEach(path -> unsure.put(path, at(path)));
        return proven;
    }

    private static JsonNode decoded(JsonNode value) {
        return value.isObject() ? Wire.decoded(value) : value;
    }

    private boolean isProven(List<String> path, Cluster cluster) {
        return isApplied(path, cluster) || (!isUnsure(path) && (!isDefault(path) || decided.containsKey(path)));
    }

    private static boolean isApplied(List<String> path, Cluster cluster) {
        JsonNode lastApplied = Keyed.get(cluster.lastApplied(), path);
        return cluster.ownership().isApplied(path) || !(lastApplied.isMissingNode() || lastApplied.isNull());
    }

    private boolean isUnsure(List<String> path) {
        for (int length = 1; length <= path.size(); length++) {
            List<String> holder = path.subList(0, length);
            if (holder.get(length - 1).startsWith("k:") && unsure.containsKey(holder)) {
                return true;
            }
        }
        return unsure.containsKey(path);
    }

    private boolean isDefault(List<String> path) {
        ObjectNode without = tree();
        Keyed.remove(without, path);
        JsonNode value = at(path);
        return !(value instanceof MissingNode)
                && (Wire.isDroppedZero(path, value)
                        || Keyed.get(ApiServer.filled(without), path).equals(value));
    }

    /** The fields of which nothing proves whose they are. */
    Set<List<String>> unproven(Cluster cluster) {
        Set<List<String>> unproven = new HashSet<>(Keyed.paths(tree, false));
        proven(cluster).forEach(unproven::remove);
        return unproven;
    }
}
