package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.yaml.Place;
import dev.penstock.yaml.YamlDocument;

/** Where the fields of a policy stand in its file. */
final class PolicyPlaces {
    private PolicyPlaces() {}

    /**
     * Where a field stands, or what would hold it.
     *
     * @param path such as {@code spec.exemptions[0].expires}
     */
    static Place of(YamlDocument document, String path) {
        return document.place(pointer(document.value(), path));
    }

    /** Keys may have dots and brackets themselves, so that only the document tells where one ends. */
    private static String pointer(JsonNode node, String path) {
        String rest = path.startsWith(".") ? path.substring(1) : path;
        if (node.isArray() && rest.startsWith("[")) {
            int end = rest.indexOf(']');
            String index = rest.substring(1, end);
            return "/" + index + pointer(node.path(Integer.parseInt(index)), rest.substring(end + 1));
        }
        String key = "";
        for (String name : (Iterable<String>) node::fieldNames) {
            String behind = rest.startsWith(name) ? rest.substring(name.length()) : "?";
            boolean ends = behind.isEmpty() || behind.startsWith(".") || behind.startsWith("[");
            if (ends && name.length() > key.length()) {
                key = name;
            }
        }
        return key.isEmpty() ? "" : YamlDocument.child("", key) + pointer(node.path(key), rest.substring(key.length()));
    }
}
