package dev.penstock.intent;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A CronJob as the API server keeps it. */
record Stored(JsonNode object) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD = "penstock.dev/defaulted";

    JsonNode spec() {
        return object.path("spec");
    }

    String schedule() {
        return spec().path("schedule").asText();
    }

    String concurrencyPolicy() {
        return spec().path("concurrencyPolicy").asText();
    }

    JsonNode backoffLimit() {
        return spec().at("/jobTemplate/spec/backoffLimit");
    }

    JsonNode pod() {
        return spec().at("/jobTemplate/spec/template/spec");
    }

    List<String> containers() {
        List<String> names = new ArrayList<>();
        pod().path("containers")
                .forEach(container -> names.add(container.path("name").asText()));
        return names;
    }

    /** The arguments of the container; none where it is not there, either. */
    List<String> args(String container) {
        List<String> args = new ArrayList<>();
        container(container).path("args").forEach(argument -> args.add(argument.asText()));
        return args;
    }

    /** Missing where there is none of this name. */
    JsonNode container(String name) {
        return element(pod().path("containers"), name);
    }

    /** Missing where there is none of this name. */
    JsonNode env(String container, String name) {
        return element(container(container).path("env"), name);
    }

    /** Missing where there is none of this name. */
    JsonNode volume(String name) {
        return element(pod().path("volumes"), name);
    }

    private static JsonNode element(JsonNode list, String name) {
        for (JsonNode element : list) {
            if (element.path("name").asText().equals(name)) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }

    String annotation(String key) {
        return object.path("metadata").path("annotations").path(key).asText();
    }

    /** Where each value came from that Penstock filled in, by its path, in the order of the record. */
    Map<String, String> defaulted() {
        String record = annotation(RECORD);
        try {
            return record.isEmpty()
                    ? Map.of()
                    : JSON.readValue(record, new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError(record, e);
        }
    }

    /** The record itself; empty where there is none. */
    String record() {
        return annotation(RECORD);
    }

    /** Where the value came from whose path ends so. */
    Optional<String> source(String tail) {
        return defaulted().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(tail))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** All that an author sees, without this field: what any write changes is left out, too. */
    JsonNode without(String pointer) {
        ObjectNode copy = object.deepCopy();
        ((ObjectNode) copy.path("metadata")).remove(List.of("resourceVersion", "generation", "managedFields"));
        JsonPointer field = JsonPointer.compile(pointer);
        if (copy.at(field.head()) instanceof ObjectNode holder) {
            holder.remove(field.last().getMatchingProperty());
            if (holder.isEmpty() && copy.at(field.head().head()) instanceof ObjectNode outer) {
                outer.remove(field.head().last().getMatchingProperty());
            }
        }
        return copy;
    }
}
