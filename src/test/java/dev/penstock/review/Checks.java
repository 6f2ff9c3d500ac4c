package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cron.HashedSchedule;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What must hold after a step. */
record Checks(Cluster cluster, Written written, ObjectNode before, ObjectNode after) {
    private static final List<String> ANNOTATIONS = List.of("f:metadata", "f:annotations");
    private static final Set<List<String>> BOOKKEEPING = Set.of(
            List.of("f:metadata", "f:managedFields"),
            Keyed.then(ANNOTATIONS, "f:penstock.dev/defaulted"),
            Keyed.then(ANNOTATIONS, "f:kubectl.kubernetes.io/last-applied-configuration"));

    static void equal(String claim, Object is, Object expected) {
        if (!is.equals(expected)) {
            throw new AssertionError(claim + ": expected " + expected + " but is " + is);
        }
    }

    /** The only value of a partial object. */
    static List<String> last(ObjectNode partial) {
        return new ArrayList<>(Keyed.paths(partial, false))
                .get(Keyed.paths(partial, false).size() - 1);
    }

    void whatWasWrittenStands(Step step) {
        ObjectNode filled = ApiServer.filled(Wire.decoded(written.tree()));
        for (List<String> path : written.proven(cluster)) {
            JsonNode wrote = Keyed.get(filled, path);
            JsonNode now = Keyed.get(after, path);
            boolean sent = !Keyed.get(step.manifest(), path).isMissingNode();
            boolean stands = path.get(path.size() - 1).startsWith("k:")
                    ? now.isObject()
                    : now.equals(wrote)
                            || (isEmpty(written.at(path)) && !Wire.isDroppedZero(path, written.at(path)))
                            || (isRaw(path, wrote)
                                    && ((sent || wrote.equals(Keyed.get(before, path)))
                                            ? isCompletion(path, wrote, now)
                                            : now.equals(Keyed.get(before, path))));
            if (!stands) {
                throw new AssertionError("what was written stands: " + path + " wrote " + wrote + " is " + now);
            }
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isContainerNode() && value.isEmpty();
    }

    static boolean isRaw(List<String> path, JsonNode value) {
        String last = path.get(path.size() - 1);
        return (last.equals("f:schedule") && HashedSchedule.isHashed(value.asText()))
                || (last.equals("f:image")
                        && ImageReference.parse(value.asText())
                                .filter(ImageReference::isUntagged)
                                .isPresent());
    }

    private static boolean isCompletion(List<String> path, JsonNode wrote, JsonNode now) {
        return path.get(path.size() - 1).equals("f:schedule")
                ? !HashedSchedule.isHashed(now.asText())
                : now.asText().startsWith(wrote.asText() + ":");
    }

    /** What was written with what completed it, where this step does not send the raw form again. */
    static ObjectNode asItStands(ObjectNode tree, ObjectNode sent, ObjectNode after) {
        for (List<String> path : Keyed.paths(tree, false)) {
            if (isRaw(path, Keyed.get(tree, path)) && Keyed.get(sent, path).isMissingNode()) {
                Keyed.put(tree, path, Keyed.get(after, path));
            }
        }
        for (String list : new String[] {"containers", "initContainers"}) {
            if (Yaml.podSpec(tree).path(list) instanceof ArrayNode elements) {
                List<JsonNode> ordered = new ArrayList<>();
                for (JsonNode element : Yaml.podSpec(after).path(list)) {
                    JsonNode own = Keyed.get(elements, List.of(Keyed.step(list, element)));
                    if (!own.isMissingNode()) {
                        ordered.add(own);
                    }
                }
                elements.removeAll().addAll(ordered);
            }
        }
        return tree;
    }

    /** All that nobody wrote is as it would be in a new pipeline. */
    void nothingElseDiffers(Step step, ObjectNode fresh) {
        Set<List<String>> unproven = written.unproven(cluster);
        for (List<String> path : differences(fresh, after)) {
            boolean open = unproven.contains(path)
                    || written.isReset(path, after)
                    || isAppliedForNothing(path, step)
                    || isAskedFor(path, step)
                    || (hasNoEvidence() && Keyed.get(before, path).equals(Keyed.get(after, path)));
            if (!open) {
                throw new AssertionError("as in a new pipeline: " + path + " expected " + Keyed.get(fresh, path)
                        + " but is " + Keyed.get(after, path));
            }
        }
    }

    /** Such as the value that is there already, which leaves no trace of who asked for it. */
    private boolean isAskedFor(List<String> path, Step step) {
        return step.verb() == Step.Verb.EDIT && Keyed.get(step.manifest(), path).equals(Keyed.get(after, path));
    }

    /** Then a server's default counts as the author's, who had it before a policy spoke of it. */
    private boolean hasNoEvidence() {
        return cluster.ownership().appliers().isEmpty() && cluster.lastApplied().isMissingNode();
    }

    /**
     * Such as the empty schedule, which an apply leaves to the policy until it comes again; or the image of a container whose
     * author named none, which stays when the policy that named it is gone.
     */
    private boolean isAppliedForNothing(List<String> path, Step step) {
        boolean evidence = cluster.ownership().isApplied(path)
                || !Keyed.get(cluster.lastApplied(), path).isMissingNode();
        String last = path.get(path.size() - 1);
        List<String> holder = path.subList(0, path.size() - 1);
        if (last.equals("f:imagePullPolicy")) {
            List<String> image = Keyed.then(holder, "f:image");
            boolean stands = isRaw(image, written.at(image))
                    && Keyed.get(step.manifest(), image).isMissingNode();
            if (stands || isAppliedForNothing(image, step)) {
                return true;
            }
        }
        boolean withoutImage = last.equals("f:image") && !written.at(holder).isMissingNode();
        return written.at(path).isMissingNode()
                && (withoutImage
                        || (evidence && Keyed.get(step.manifest(), path).isMissingNode()));
    }

    void onlyWhatWasAskedChanged(Step step, ObjectNode sent) {
        for (List<String> path : differences(sent, after)) {
            if (!mayFollow(path, step.manifest())) {
                throw new AssertionError("an edit changes nothing else: " + path + " sent " + Keyed.get(sent, path)
                        + " but is " + Keyed.get(after, path));
            }
        }
    }

    private boolean mayFollow(List<String> path, ObjectNode partial) {
        String last = path.get(path.size() - 1);
        List<String> holder = path.subList(0, path.size() - 1);
        JsonNode edit = Keyed.get(partial, holder);
        if (last.equals("f:imagePullPolicy")) {
            return edit.has("image");
        }
        if (last.equals("f:args")) {
            return edit.has("command");
        }
        if (last.equals("f:restartPolicy")) {
            return partial.findValue("podFailurePolicy") != null;
        }
        if (path.contains("f:resources")) {
            return Written.container(path)
                    .filter(container -> Keyed.get(partial, container).has("resources"))
                    .isPresent();
        }
        return (last.equals("f:schedule") || last.equals("f:image")) && edit.has(last.substring(2));
    }

    private static List<List<String>> differences(ObjectNode one, ObjectNode other) {
        Set<List<String>> paths = new LinkedHashSet<>(values(one));
        paths.addAll(values(other));
        paths.removeIf(path -> Keyed.get(one, path).equals(Keyed.get(other, path)));
        return new ArrayList<>(paths);
    }

    private static Set<List<String>> values(ObjectNode object) {
        Set<List<String>> paths = new HashSet<>(Keyed.paths(object, false));
        paths.removeIf(path -> path.get(path.size() - 1).startsWith("k:")
                || BOOKKEEPING.contains(path)
                || path.contains("f:managedFields")
                || (isEmpty(Keyed.get(object, path))
                        && !path.get(path.size() - 1).equals("f:emptyDir")));
        return paths;
    }
}
