package dev.penstock.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A document of YAML or JSON, or a part of one.
 *
 * @param places of the whole document's values, by JSON pointer
 * @param root the pointer to the value in it
 */
public record YamlDocument(JsonNode value, Map<String, Place> places, String root) {
    /** A whole document. */
    public YamlDocument(JsonNode value, Map<String, Place> places) {
        this(value, places, "");
    }

    /** The items of a {@code List} of Kubernetes, as kubectl writes several objects; else the document alone. */
    Stream<YamlDocument> items() {
        JsonNode items = value.path("items");
        return value.path("kind").asText().equals("List") && items.isArray()
                ? IntStream.range(0, items.size())
                        .mapToObj(i -> new YamlDocument(items.get(i), places, root + "/items/" + i))
                : Stream.of(this);
    }

    /** Where a value stands; where it is not there, what would hold it. */
    public Place place(String pointer) {
        String path = root + pointer;
        while (!places.containsKey(path) && !path.isEmpty()) {
            path = path.substring(0, path.lastIndexOf('/'));
        }
        return places.getOrDefault(path, Place.BEGINNING);
    }

    /** The pointer to a member of what is at this one. */
    public static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
