package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an object is called.
 *
 * @param name empty where the API server has yet to give it one
 * @param prefix what that begins with, {@code generateName}; empty where there is none
 */
public record ObjectName(String name, String prefix) {
    /** @throws WrongTypeException if one of them is present and no text */
    public static ObjectName of(Field object) {
        Field metadata = object.at("metadata");
        return new ObjectName(
                metadata.at("name").asText().orElse(""),
                metadata.at("generateName").asText().orElse(""));
    }

    /** Of an object that nothing is known of yet: a number is taken for its text, and what has none for absent. */
    public static ObjectName of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new ObjectName(
                metadata.path("name").asText(""), metadata.path("generateName").asText(""));
    }

    /** The name; what it will begin with, where there is none yet. */
    public String shown() {
        return name.isEmpty() ? prefix : name;
    }

    /** What tells the object from others and outlives it: the prefix, else the name. {@code H} goes by it. */
    public String stable() {
        return prefix.isEmpty() ? name : prefix;
    }
}
