package dev.penstock.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A document of YAML or JSON.
 *
 * @param places of its values, by JSON pointer
 */
public record YamlDocument(JsonNode value, Map<String, Place> places) {
    /** Where a value stands; where it is not there, what would hold it. */
    public Place place(String pointer) {
        String path = pointer;
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
