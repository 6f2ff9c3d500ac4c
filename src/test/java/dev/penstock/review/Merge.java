package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How the API server lays one version of an object over another, and takes away what was given up. */
final class Merge {
    private Merge() {}

    /** Lays the second over a copy of the first: objects and keyed lists by member, all else whole. */
    static ObjectNode of(ObjectNode base, JsonNode over) {
        return (ObjectNode) merged("", base, over);
    }

    private static JsonNode merged(String name, JsonNode base, JsonNode over) {
        if (base.isObject() && over.isObject() && !Keyed.isAtomic(name)) {
            ObjectNode merged = base.deepCopy();
            over.properties()
                    .forEach(member -> merged.set(
                            member.getKey(), merged(member.getKey(), merged.path(member.getKey()), member.getValue())));
            return merged;
        }
        if (Keyed.hasKey(name) && base.isArray() && over.isEmpty()) {
            return base.deepCopy();
        }
        return Keyed.isKeyed(name, base) && Keyed.isKeyed(name, over)
                ? lists(name, (ArrayNode) base, (ArrayNode) over)
                : over.deepCopy();
    }

    /** The elements in the order of the second, with those that only the first has where they were before them. */
    private static JsonNode lists(String name, ArrayNode base, ArrayNode over) {
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        List<JsonNode> left = new ArrayList<>();
        base.forEach(left::add);
        for (JsonNode element : over) {
            List<String> at = List.of(Keyed.step(name, element));
            while (!left.isEmpty()
                    && Keyed.get(over, List.of(Keyed.step(name, left.get(0)))).isMissingNode()) {
                merged.add(left.remove(0).deepCopy());
            }
            left.removeIf(other -> Keyed.step(name, other).equals(at.get(0)));
            JsonNode old = Keyed.get(base, at);
            merged.add(old.isMissingNode() ? element.deepCopy() : merged("", old, element));
        }
        left.forEach(element -> merged.add(element.deepCopy()));
        return merged;
    }

    /**
     * Takes away what was given up, with all below it save what somebody else still wants.
     *
     * @param tree is written to
     */
    static ObjectNode without(ObjectNode tree, Set<List<String>> gone, Set<List<String>> wanted) {
        ObjectNode before = tree.deepCopy();
        for (List<String> path : gone) {
            if (Keyed.isKey(path)) {
                continue; // it goes with its element
            }
            Keyed.remove(tree, path);
            for (List<String> kept : wanted) {
                boolean below = kept.size() > path.size()
                        && kept.subList(0, path.size()).equals(path);
                JsonNode value = Keyed.get(before, kept);
                if (below && !value.isMissingNode() && Keyed.get(tree, kept).isMissingNode()) {
                    Keyed.put(tree, kept, kept.get(kept.size() - 1).startsWith("k:") ? empty() : value);
                }
            }
            cleanUp(tree, path, wanted);
        }
        return tree;
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void cleanUp(ObjectNode tree, List<String> path, Set<List<String>> wanted) {
        for (int length = path.size() - 1; length > 0; length--) {
            List<String> holder = path.subList(0, length);
            JsonNode value = Keyed.get(tree, holder);
            if (value.isContainerNode() && value.isEmpty() && !wanted.contains(holder)) {
                Keyed.remove(tree, holder);
            }
        }
    }
}
