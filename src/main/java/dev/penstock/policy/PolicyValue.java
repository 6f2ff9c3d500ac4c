package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.manifest.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A value that a policy has, and where it comes from.
 *
 * @param path under {@code spec} of a policy, such as {@code defaults.spec.schedule}; an element that Kubernetes merges by a
 *     key is named by it: {@code containers[name=*]}
 * @param value with its placeholders
 */
public record PolicyValue(String path, JsonNode value, Reason reason) {
    /** All that the layers say, each from the first that says it. */
    static List<PolicyValue> of(List<EffectivePolicy.Said> said) {
        Map<String, PolicyValue> single = new TreeMap<>();
        List<PolicyValue> mutableTags = new ArrayList<>();
        Map<String, PolicyValue> defaults = new TreeMap<>();
        for (EffectivePolicy.Said one : said) {
            Layer layer = one.layer();
            put(single, "containerName", text(layer.containerName()), one.reason());
            put(single, "task", text(layer.task()), one.reason());
            put(single, "image.tag", text(layer.imageTag()), one.reason());
            put(single, "arguments", texts(layer.arguments()), one.reason());
            if (!layer.mutableTags().isEmpty()) { // which add up
                JsonNode tags = texts(new TreeSet<>(layer.mutableTags()));
                mutableTags.add(new PolicyValue("image.mutableTags", tags, one.reason()));
            }
            new Overlay(layer.defaults(), one.reason())
                    .values()
                    .forEach((path, value) -> put(defaults, "defaults." + path, value, one.reason()));
        }
        List<PolicyValue> values = new ArrayList<>(single.values());
        values.addAll(mutableTags);
        values.addAll(defaults.values());
        return values;
    }

    private static void put(Map<String, PolicyValue> values, String path, JsonNode value, Reason reason) {
        if (!value.isMissingNode()) {
            values.putIfAbsent(path, new PolicyValue(path, value, reason));
        }
    }

    private static JsonNode text(@Nullable String text) {
        return text == null ? MissingNode.getInstance() : TextNode.valueOf(text);
    }

    private static JsonNode texts(@Nullable Collection<String> texts) {
        if (texts == null) {
            return MissingNode.getInstance();
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
