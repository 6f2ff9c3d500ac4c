package dev.penstock.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the object itself tells of what was applied: server-side apply's {@code managedFields}, client-side apply's
 * {@code last-applied-configuration}. It proves that something was written, never that something was not.
 *
 * <p>Not thread-safe: one review, one object.
 */
final class Evidence {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> fieldSets; // fieldsV1 of each manager that applied
    private final JsonNode lastApplied;
    // The elements of a list in a field set by their key, which is JSON of its own: each list is parsed once.
    private final IdentityHashMap<JsonNode, Map<String, JsonNode>> elements = new IdentityHashMap<>();

    private Evidence(List<JsonNode> fieldSets, JsonNode lastApplied) {
        this.fieldSets = fieldSets;
        this.lastApplied = lastApplied;
    }

    static Evidence of(Field object) {
        List<JsonNode> fieldSets = new ArrayList<>();
        for (Field entry : object.at("metadata", "managedFields").elements()) {
            // Update entries list what the server filled in as well; a subresource's hold no manifest.
            if (entry.at("operation").asText().equals(Optional.of("Apply"))
                    && entry.at("subresource").asText().orElse("").isEmpty()) {
                fieldSets.add(entry.at("fieldsV1").value());
            }
        }
        return new Evidence(
                fieldSets,
                object.at("metadata", "annotations", LAST_APPLIED)
                        .asText()
                        .map(Evidence::parse)
                        .orElse(MissingNode.getInstance()));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Anyone may write the annotation; kubectl itself replaces one that it cannot read.
            return MissingNode.getInstance();
        }
    }

    /** Whether an applied manifest holds exactly this field. */
    boolean isApplied(FieldPath path) {
        JsonNode applied = find(lastApplied, path);
        boolean inLastApplied = !applied.isMissingNode() && !applied.isNull();
        return inLastApplied || fieldSets.stream().anyMatch(set -> lists(set, path));
    }

    private static JsonNode find(JsonNode tree, FieldPath path) {
        if (tree.isMissingNode() || path.parent().isEmpty()) {
            return tree;
        }
        FieldPath parent = path.parent().get();
        JsonNode holder = find(tree, parent);
        if (!path.isElement()) {
            return holder.path(path.name());
        }
        String key = MergeKeys.of(parent.name()).orElse("");
        for (JsonNode element : holder) {
            if (!key.isEmpty() && element.path(key).asText("").equals(path.name())) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }

    /** A leaf of a field set covers itself and not its children, so that the path must be listed as it is. */
    private boolean lists(JsonNode set, FieldPath path) {
        return !entry(set, path).isMissingNode();
    }

    private JsonNode entry(JsonNode set, FieldPath path) {
        if (set.isMissingNode() || path.parent().isEmpty()) {
            return set;
        }
        FieldPath parent = path.parent().get();
        JsonNode holder = entry(set, parent);
        if (!path.isElement()) {
            return holder.path("f:" + path.name());
        }
        String key = MergeKeys.of(parent.name()).orElse("");
        return elements.computeIfAbsent(holder, list -> byKey(list, key))
                .getOrDefault(path.name(), MissingNode.getInstance());
    }

    private static Map<String, JsonNode> byKey(JsonNode list, String key) {
        Map<String, JsonNode> elements = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : list.properties()) {
            if (member.getKey().startsWith("k:")) {
                elements.put(parse(member.getKey().substring(2)).path(key).asText(""), member.getValue());
            }
        }
        return elements;
    }
}
