package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.MergeKeys;
import dev.penstock.manifest.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A partial CronJob, laid under the author's manifest: it fills what the author left out and never overrides. Of several,
 * the first that names a field gives it.
 */
final class Overlay {
    /** What a container is called that stands for every one. */
    static final String EVERY = "*";

    private final ObjectNode partial;
    private final JsonNode podSpec; // of the same
    private final Reason reason;

    /** @param partial a CronJob of which anything may be left out; its placeholders are known ones */
    Overlay(ObjectNode partial, Reason reason) {
        this.partial = partial;
        this.podSpec = member(FieldPath.POD_SPEC);
        this.reason = reason;
    }

    private JsonNode member(FieldPath path) {
        return path.isRoot() ? partial : member(path.parent()).path(path.name());
    }

    /** Every value that it lays, by its path; elements that Kubernetes merges by a key are named by it. */
    Map<String, JsonNode> values() {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        if (!partial.isEmpty()) {
            collect("", "", partial, values);
        }
        return values;
    }

    private static void collect(String path, String name, JsonNode node, Map<String, JsonNode> values) {
        Optional<String> key = node.isArray() ? MergeKeys.of(name) : Optional.empty();
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(member -> collect(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                            member.getKey(),
                            member.getValue(),
                            values));
        } else if (key.isPresent()) {
            for (JsonNode element : node) {
                String there =
                        path + "[" + key.get() + "=" + element.path(key.get()).asText() + "]";
                if (!FieldPath.CONTAINER_LISTS.contains(name) || element.size() == 1) {
                    values.put(there, element);
                } else {
                    collect(there, "", ((ObjectNode) element.deepCopy()).without(key.get()), values);
                }
            }
        } else {
            values.put(path, node);
        }
    }

    /** Adds the containers that it names where the manifest has none of their name, so far with their names alone. */
    void addContainers(Defaulter defaulter, Placeholders placeholders) {
        for (String list : FieldPath.CONTAINER_LISTS) {
            EditableField containers =
                    defaulter.cronJob().at(FieldPath.POD_SPEC).at(list);
            for (JsonNode container : podSpec.path(list)) {
                String name = placeholders.resolve(container.path("name").asText());
                if (!name.equals(EVERY)
                        && !placeholders.isStep(name)
                        && hasPlace(containers, defaulter)
                        && !isInAnotherList(containers, name, defaulter)) {
                    defaulter.ensure(containers, name, reason);
                }
            }
        }
    }

    /** The lists whose elements are made field by field. */
    static List<EditableField> containerLists(EditableField cronJob) {
        return FieldPath.CONTAINER_LISTS.stream()
                .map(list -> cronJob.at(FieldPath.POD_SPEC).at(list))
                .toList();
    }

    /** A sidecar alone is no pipeline: a manifest without other containers is refused as it is. */
    private static boolean hasPlace(EditableField containers, Defaulter defaulter) {
        return !containers.path().name().equals("containers")
                || containers.elements().stream()
                        .anyMatch(container -> !defaulter.intent().isAppended(container));
    }

    /** Whether one that stays is called so there: the API server wants a name once. */
    private static boolean isInAnotherList(EditableField containers, String name, Defaulter defaulter) {
        for (String list : FieldPath.CONTAINER_LISTS) {
            if (!list.equals(containers.path().name())) {
                for (EditableField other : containers.parent().at(list).elements()) {
                    if (other.path().name().equals(name) && defaulter.isSettled(other)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * Fills in what the author of the CronJob left out, and no overlay that was laid before names; all but what is in
     * containers.
     *
     * @param image what becomes of an image that the policy names
     */
    void layUnder(Defaulter defaulter, Placeholders placeholders, UnaryOperator<String> image) {
        new Laying(defaulter, placeholders, image, reason).object(defaulter.cronJob(), partial);
    }

    /** The same into the containers that are there, when all overlays are laid under the rest: it bounds what containers can have. */
    public void layIntoContainers(Defaulter defaulter, Placeholders placeholders, UnaryOperator<String> image) {
        Laying laying = new Laying(defaulter, placeholders, image, reason);
        for (String list : FieldPath.CONTAINER_LISTS) {
            if (podSpec.has(list)) {
                laying.value(defaulter.cronJob().at(FieldPath.POD_SPEC).at(list), podSpec.path(list));
            }
        }
    }
}
