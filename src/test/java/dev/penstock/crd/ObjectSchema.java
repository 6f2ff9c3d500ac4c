package dev.penstock.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object somewhere in a definition that is shipped.
 *
 * @param path of an example of it in a document: {@code spec.profiles.x.image}, {@code spec.exemptions[0]}; empty for the root
 */
record ObjectSchema(Resource resource, String path, JsonNode schema) {
    private static final String MEMBER = "x";

    /** Every object that an author may write, from the root down. */
    static List<ObjectSchema> all(Resource resource) {
        JsonNode root = shipped(resource).at("/spec/versions/0/schema/openAPIV3Schema");
        List<ObjectSchema> all = new ArrayList<>();
        all.add(new ObjectSchema(resource, "", root));
        addAll(resource, "spec", root.at("/properties/spec"), all);
        return all;
    }

    static JsonNode shipped(Resource resource) {
        try {
            return Yaml.tree(Files.readString(Path.of("deploy", "crds", resource.name() + ".yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addAll(Resource resource, String path, JsonNode schema, List<ObjectSchema> all) {
        if (schema.has("items")) {
            addAll(resource, path + "[0]", schema.path("items"), all);
        } else if (schema.has("additionalProperties")) {
            addAll(resource, path + "." + MEMBER, schema.path("additionalProperties"), all);
        } else if (schema.path("type").asText().equals("object")) {
            all.add(new ObjectSchema(resource, path, schema));
            schema.path("properties")
                    .properties()
                    .forEach(property -> addAll(resource, path + "." + property.getKey(), property.getValue(), all));
        }
    }

    /** Whether it may hold anything: it names no key. */
    boolean isFree() {
        return keys().isEmpty();
    }

    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** A document with this object in it, which holds this key alone. */
    ObjectNode document(String key, JsonNode value) {
        ObjectNode document = Yaml.object("{apiVersion: penstock.dev/v1alpha1, kind: " + resource.kind()
                + ", metadata: {name: test, namespace: ml}}");
        if (resource.kind().equals("PipelinePolicy")) {
            ((ObjectNode) document.path("metadata")).remove("namespace");
        }
        ObjectNode place = document;
        for (String step : path.isEmpty() ? List.<String>of() : List.of(path.split("\\."))) {
            place = step.endsWith("[0]") ? element(place, step.substring(0, step.length() - 3)) : place.putObject(step);
        }
        place.set(key, value);
        return document;
    }

    private static ObjectNode element(ObjectNode place, String list) {
        ArrayNode elements = place.putArray(list);
        return elements.addObject();
    }

    /** Where a document has this key. */
    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Some value for this key, of its type. */
    JsonNode example(String key) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        JsonNode property = schema.path("properties").path(key);
        return switch (property.path("type").asText()) {
            case "object" -> json.objectNode();
            case "array" -> json.arrayNode();
            case "integer" -> json.numberNode(1);
            case "boolean" -> json.booleanNode(true);
            default -> property.has("enum") ? property.path("enum").get(0) : json.textNode("1h");
        };
    }

    @Override
    public String toString() {
        return resource.kind() + (path.isEmpty() ? "" : "." + path);
    }
}
