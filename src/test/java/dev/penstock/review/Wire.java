package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What reading an object into the API server's types and writing it again makes of it. */
final class Wire {
    // omitempty in the JSON tags of core/v1 and batch/v1.
    private static final Set<String> ZERO_IS_LEFT_OUT = Set.of("stdin", "readOnly", "image");
    private static final Set<String> EMPTY_IS_LEFT_OUT =
            Set.of("labels", "annotations", "limits", "requests", "nodeSelector", "matchLabels");
    // resource.Quantity's canonical form, of the amounts that tests have.
    private static final Map<String, String> CANONICAL = Map.of("0.5", "500m", "1024Mi", "1Gi", "1073741824", "1Gi");

    private Wire() {}

    /** A copy without what the types do not know and without what their tags leave out. */
    static ObjectNode decoded(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        strip("", copy);
        return copy;
    }

    /** Whether it is a {@code false} or an empty list that an author decided for, of which the object has nothing. */
    static boolean isDroppedZero(List<String> path, JsonNode value) {
        String name = path.get(path.size() - 1).substring(2);
        boolean decides = value.isBoolean() || (value.isArray() && !Keyed.hasKey(name) && !name.equals("args"));
        return decides && isLeftOut("", name, value);
    }

    private static void strip(String name, JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String member : List.copyOf(names(object))) {
                JsonNode value = object.path(member);
                strip(member, value);
                if (isLeftOut(name, member, value)) {
                    object.remove(member);
                } else if (name.equals("limits") || name.equals("requests")) {
                    object.set(member, TextNode.valueOf(CANONICAL.getOrDefault(value.asText(), value.asText())));
                }
            }
        } else {
            // Elements have no name of their own.
            node.forEach(element -> strip(name.equals("env") ? "env element" : "", element));
        }
    }

    private static List<String> names(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static boolean isLeftOut(String holder, String member, JsonNode value) {
        return member.equals("newInAnotherVersion")
                || value.isNull()
                || (value.isArray() && value.isEmpty() && !member.equals("rules"))
                || (value.isObject() && value.isEmpty() && EMPTY_IS_LEFT_OUT.contains(member))
                || (ZERO_IS_LEFT_OUT.contains(member) && isZero(value))
                || (holder.equals("env element") && member.equals("value") && isZero(value));
    }

    private static boolean isZero(JsonNode value) {
        return (value.isTextual() && value.textValue().isEmpty()) || (value.isBoolean() && !value.booleanValue());
    }
}
