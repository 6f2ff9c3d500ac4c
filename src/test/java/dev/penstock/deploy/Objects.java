package dev.penstock.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects of Kubernetes by their kind, namespace and name, in the order of their documents. */
final class Objects {
    private static final ObjectReader YAML = new YAMLMapper().readerFor(JsonNode.class);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter SORTED =
            JSON.writerWithDefaultPrettyPrinter().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Objects() {}

    /**
     * Reads YAML documents; empty ones are passed over.
     *
     * @throws IllegalStateException if an object is there twice
     */
    static Map<String, ObjectNode> read(String documents) {
        Map<String, ObjectNode> objects = new LinkedHashMap<>();
        try (var values = YAML.<JsonNode>readValues(documents)) {
            while (values.hasNextValue()) {
                if (values.nextValue() instanceof ObjectNode object && objects.put(id(object), object) != null) {
                    throw new IllegalStateException(id(object) + " is there twice");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        objects.values().forEach(Objects::byValue);
        return objects;
    }

    /** The same for the same objects, whatever the order of their members; as JSON. */
    static String text(JsonNode object) {
        try {
            return SORTED.writeValueAsString(JSON.convertValue(object, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private static String id(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText();
        return object.path("kind").asText() + " " + (namespace.isEmpty() ? "" : namespace + "/")
                + metadata.path("name").asText();
    }

    /** Whether a number is written 0 or 0.0 says nothing. */
    private static void byValue(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                if (member.getValue().isNumber()) {
                    member.setValue(DoubleNode.valueOf(member.getValue().doubleValue()));
                }
            });
        }
        node.forEach(Objects::byValue);
    }
}
