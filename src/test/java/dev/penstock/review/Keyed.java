package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tree with the elements of lists told apart as the API server does: a path leads through members ({@code f:spec}) and
 * elements ({@code k:{"name":"main"}}), as in {@code managedFields}.
 */
final class Keyed {
    // The listType and mapType markers of the OpenAPI schema of core/v1, on purpose another table than MergeKeys'.
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "env", "name",
            "volumes", "name",
            "imagePullSecrets", "name",
            "volumeMounts", "mountPath",
            "ports", "containerPort");
    private static final Set<String> ATOMIC =
            Set.of("nodeSelector", "fieldRef", "requiredDuringSchedulingIgnoredDuringExecution");
    private static final Set<String> OF_ATOMIC = Set.of("imagePullSecrets"); // each element

    private Keyed() {}

    /** What stands there; a missing node where nothing does. */
    static JsonNode get(JsonNode tree, List<String> path) {
        JsonNode node = tree;
        for (String step : path) {
            node = step.startsWith("f:") ? node.path(step.substring(2)) : element(node, step);
        }
        return node;
    }

    private static JsonNode element(JsonNode list, String step) {
        for (JsonNode element : list) {
            if (isAt(element, step)) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean isAt(JsonNode element, String step) {
        String key = key(step);
        return step.startsWith("k:{\"" + key + "\":" + element.path(key));
    }

    /** The name of the member in {@code k:{"name":…}}. */
    private static String key(String step) {
        return step.substring(4, step.indexOf('"', 4));
    }

    /** The paths of values and elements; of values that hold others too, where they are asked for. */
    static Set<List<String>> paths(JsonNode tree, boolean holders) {
        Set<List<String>> paths = new LinkedHashSet<>();
        collect(List.of(), "", tree, holders, paths);
        return paths;
    }

    private static void collect(
            List<String> path, String name, JsonNode value, boolean holders, Set<List<String>> paths) {
        if (value.isObject() && !value.isEmpty() && !isAtomic(name)) {
            if (holders && !path.isEmpty()) {
                paths.add(path);
            }
            value.properties()
                    .forEach(member -> collect(
                            then(path, "f:" + member.getKey()), member.getKey(), member.getValue(), holders, paths));
        } else if (isKeyed(name, value)) {
            for (JsonNode element : value) {
                List<String> at = then(path, step(name, element));
                paths.add(at);
                if (!OF_ATOMIC.contains(name)) {
                    collect(at, "", element, holders, paths);
                }
            }
        } else if (!path.isEmpty() && !value.isNull()) {
            paths.add(path);
        }
    }

    /** Whether it is written as a whole, though it is an object. */
    static boolean isAtomic(String name) {
        return ATOMIC.contains(name);
    }

    static boolean hasKey(String list) {
        return KEYS.containsKey(list);
    }

    static boolean isKeyed(String name, JsonNode value) {
        return KEYS.containsKey(name) && value.isArray() && !value.isEmpty();
    }

    static String step(String list, JsonNode element) {
        String key = KEYS.get(list);
        ObjectNode id = JsonNodeFactory.instance.objectNode();
        id.set(key, element.path(key));
        if (list.equals("ports")) {
            id.put("protocol", "TCP");
        }
        return "k:" + id;
    }

    static List<String> then(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /** Whether it is what tells an element from others. */
    static boolean isKey(List<String> path) {
        int last = path.size() - 1;
        return last > 0 && path.get(last - 1).startsWith("k:") && path.get(last).equals("f:" + key(path.get(last - 1)));
    }

    /** What holds it: of an element, what holds its list. */
    static List<String> holder(List<String> path) {
        int length = path.get(path.size() - 1).startsWith("k:") ? path.size() - 2 : path.size() - 1;
        return path.subList(0, length);
    }

    /** Puts the value there, making what holds it, in the tree itself. */
    static void put(ObjectNode tree, List<String> path, JsonNode value) {
        JsonNode holder = tree;
        for (int i = 0; i < path.size() - 1; i++) {
            JsonNode next = get(holder, path.subList(i, i + 1));
            boolean list = path.get(i + 1).startsWith("k:");
            if (next.isMissingNode() || next.isNull()) {
                next = list ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
                set(holder, path.get(i), next);
                next = get(holder, path.subList(i, i + 1));
            }
            holder = next;
        }
        set(holder, path.get(path.size() - 1), value.deepCopy());
    }

    private static void set(JsonNode holder, String step, JsonNode value) {
        if (holder instanceof ObjectNode object) {
            object.set(step.substring(2), value);
            return;
        }
        ArrayNode list = (ArrayNode) holder;
        ObjectNode element = JsonNodeFactory.instance.objectNode();
        element.set(key(step), Yaml.tree(step.substring(2)).path(key(step)));
        element.setAll((ObjectNode) value);
        for (int i = 0; i < list.size(); i++) {
            if (isAt(list.get(i), step)) {
                list.set(i, element);
                return;
            }
        }
        list.add(element);
    }

    /** Takes away what stands there, in the tree itself. */
    static void remove(ObjectNode tree, List<String> path) {
        JsonNode holder = get(tree, path.subList(0, path.size() - 1));
        String step = path.get(path.size() - 1);
        if (holder instanceof ObjectNode object) {
            object.remove(step.substring(2));
        } else if (holder instanceof ArrayNode list) {
            for (int i = list.size() - 1; i >= 0; i--) {
                if (isAt(list.get(i), step)) {
                    list.remove(i);
                }
            }
        }
    }
}
