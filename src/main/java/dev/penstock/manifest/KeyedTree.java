package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Another version of the object under review, looked up by the paths of this one: elements of lists by merge key, so that
 * they are found wherever they now stand.
 *
 * <p>Not thread-safe: one review, one object.
 */
final class KeyedTree {
    // A shorter list is searched faster than it is indexed.
    private static final int INDEXED_FROM = 8;

    private final JsonNode tree;
    private final IdentityHashMap<JsonNode, Map<String, JsonNode>> indexes = new IdentityHashMap<>();

    /** @param tree may be a missing node: then nothing is found */
    KeyedTree(JsonNode tree) {
        this.tree = tree;
    }

    /** What the field at this path holds there; a missing node where there is none. */
    JsonNode find(FieldPath path) {
        if (path.isRoot()) {
            return tree;
        }
        JsonNode holder = find(path.parent());
        if (holder.isMissingNode()) {
            return holder;
        }
        if (!path.isElement()) {
            return holder.path(path.name());
        }
        return path.name().isEmpty()
                ? holder.path(path.index())
                : element(holder, MergeKeys.of(path.parent().name()).orElse(""), path.name());
    }

    private JsonNode element(JsonNode list, String key, String value) {
        if (list.size() >= INDEXED_FROM) {
            return indexes.computeIfAbsent(list, unindexed -> index(unindexed, key))
                    .getOrDefault(value, MissingNode.getInstance());
        }
        for (JsonNode element : list) {
            if (element.path(key).asText("").equals(value)) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }

    private static Map<String, JsonNode> index(JsonNode list, String key) {
        Map<String, JsonNode> index = new HashMap<>();
        for (JsonNode element : list) {
            index.putIfAbsent(element.path(key).asText(""), element);
        }
        return index;
    }
}
