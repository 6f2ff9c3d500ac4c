package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who manages which fields of an object, as the API server keeps it. Immutable. */
record Ownership(Map<Owner, Set<List<String>>> fields) {
    static final Ownership NONE = new Ownership(Map.of());

    // fieldmanager/stripmeta.go, of what tests have.
    private static final Set<List<String>> STRIPPED = Set.of(
            List.of("f:apiVersion"),
            List.of("f:kind"),
            List.of("f:metadata"),
            List.of("f:metadata", "f:name"),
            List.of("f:metadata", "f:namespace"));

    // Which are no pointers, so that they are always there and nobody's.
    private static final Set<String> STRUCTS = Set.of("f:metadata", "f:spec", "f:jobTemplate", "f:template");

    /** @param applied whether by server-side apply */
    record Owner(String manager, boolean applied) {}

    /** After an update, to whose manager goes all that it changed. */
    Ownership updated(String manager, JsonNode live, JsonNode now) {
        Set<List<String>> before = Keyed.paths(live, true);
        Set<List<String>> after = Keyed.paths(now, true);
        Set<List<String>> changed = new LinkedHashSet<>(after);
        changed.removeIf(path -> before.contains(path)
                && (isHolder(now, path) || Keyed.get(live, path).equals(Keyed.get(now, path))));
        Set<List<String>> removed = new LinkedHashSet<>(before);
        removed.removeAll(after);
        Owner owner = new Owner(manager, false);
        Set<List<String>> own = new LinkedHashSet<>(of(owner));
        own.addAll(changed);
        changed.addAll(removed);
        own.removeAll(removed);
        return without(changed).with(owner, own);
    }

    private static boolean isHolder(JsonNode tree, List<String> path) {
        return path.get(path.size() - 1).startsWith("k:")
                || (Keyed.get(tree, path).isObject() && !Keyed.get(tree, path).isEmpty());
    }

    /** After an apply with force, which takes from others what it changes. */
    Ownership applied(String manager, JsonNode live, JsonNode manifest) {
        Set<List<String>> own = Keyed.paths(manifest, false);
        Set<List<String>> taken = new HashSet<>(own);
        taken.removeIf(path -> isHolder(manifest, path) || Keyed.get(live, path).equals(Keyed.get(manifest, path)));
        return without(taken).with(new Owner(manager, true), own);
    }

    /** After the move to server-side apply: what one manager's updates changed counts as what the other applied. */
    Ownership moved(String from, String to) {
        Set<List<String>> own = new LinkedHashSet<>(of(new Owner(to, true)));
        own.addAll(of(new Owner(from, false)));
        return with(new Owner(from, false), Set.of()).with(new Owner(to, true), own);
    }

    Set<List<String>> of(Owner owner) {
        return fields.getOrDefault(owner, Set.of());
    }

    boolean isApplied(List<String> path) {
        return fields.entrySet().stream()
                .anyMatch(entry -> entry.getKey().applied() && entry.getValue().contains(path));
    }

    /** Those who applied. */
    Set<String> appliers() {
        return fields.keySet().stream()
                .filter(Owner::applied)
                .map(Owner::manager)
                .collect(Collectors.toSet());
    }

    /** All that anybody manages. */
    Set<List<String>> all() {
        Set<List<String>> all = new LinkedHashSet<>();
        fields.values().forEach(all::addAll);
        return all;
    }

    private Ownership without(Set<List<String>> paths) {
        Map<Owner, Set<List<String>>> left = new LinkedHashMap<>();
        fields.forEach((owner, own) -> {
            Set<List<String>> rest = new LinkedHashSet<>(own);
            rest.removeAll(paths);
            left.put(owner, rest);
        });
        return new Ownership(left);
    }

    private Ownership with(Owner owner, Set<List<String>> paths) {
        Map<Owner, Set<List<String>>> all = new LinkedHashMap<>(fields);
        Set<List<String>> own = new LinkedHashSet<>(paths);
        own.removeAll(STRIPPED);
        own.removeIf(path -> STRUCTS.contains(path.get(path.size() - 1)));
        all.put(owner, own);
        all.values().removeIf(Set::isEmpty);
        return new Ownership(all);
    }

    /** As {@code metadata.managedFields} holds it. */
    ArrayNode managedFields() {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        fields.forEach((owner, own) -> entries.addObject()
                .put("manager", owner.manager())
                .put("operation", owner.applied() ? "Apply" : "Update")
                .put("fieldsType", "FieldsV1")
                .set("fieldsV1", set(own)));
        return entries;
    }

    private static ObjectNode set(Set<List<String>> paths) {
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        List<ObjectNode> listed = new ArrayList<>();
        for (List<String> path : paths) {
            ObjectNode node = set;
            for (String step : path) {
                node = node.path(step) instanceof ObjectNode there ? there : node.putObject(step);
            }
            listed.add(node);
        }
        listed.stream().filter(node -> !node.isEmpty()).forEach(node -> node.putObject("."));
        return set;
    }
}
