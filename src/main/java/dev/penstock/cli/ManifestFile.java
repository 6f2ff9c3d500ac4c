package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.yaml.Lines;
import dev.penstock.yaml.Place;
import dev.penstock.yaml.UnreadableException;
import dev.penstock.yaml.YamlDocument;
import dev.penstock.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The objects of a file of manifests, YAML or JSON. */
final class ManifestFile {
    /** The name of what is in the cluster. */
    static final String CLUSTER = "cluster";

    private final String name;
    private final String text;
    private final int[] lineStarts;
    private final List<Entry> manifests = new ArrayList<>();

    /**
     * An object of the file.
     *
     * @param pointer where it stands in its document, which may be a list
     */
    record Entry(ManifestFile file, ObjectNode object, YamlDocument document, String pointer) {
        /** What stands in the cluster, and in no file. */
        static Entry ofCluster(ObjectNode object) {
            return new Entry(
                    new ManifestFile(CLUSTER, ""), object, new YamlDocument(object, Map.of("", Place.NOWHERE)), "");
        }

        /** The same place with another object. */
        Entry with(ObjectNode other) {
            return new Entry(file, other, document, pointer);
        }

        /** Where a field stands, or what would hold it. */
        Place place(String field) {
            return document.place(pointer + field);
        }
    }

    private ManifestFile(String name, String text) {
        this.name = name;
        this.text = text;
        this.lineStarts = Lines.starts(text);
    }

    /** @throws UnreadableException where it is no text of YAML or JSON; of several documents all must be */
    static ManifestFile read(String name, InputStream in) throws IOException, UnreadableException {
        YamlFile yaml = YamlFile.read(in);
        ManifestFile file = new ManifestFile(name, yaml.text());
        for (YamlDocument document : yaml.filled()) {
            file.add(document, document.value(), "");
        }
        return file;
    }

    private void add(YamlDocument document, JsonNode value, String pointer) throws UnreadableException {
        if (!(value instanceof ObjectNode object) || !object.path("kind").isTextual()) {
            throw unreadable(document.place(pointer), "is no Kubernetes object: it has no kind");
        }
        JsonNode items = object.path("items");
        if (!object.path("kind").textValue().endsWith("List") || items.isMissingNode()) {
            manifests.add(new Entry(this, object, document, pointer));
            return;
        }
        if (!items.isArray() && !items.isNull()) {
            throw unreadable(document.place(pointer + "/items"), "items: must be a list");
        }
        for (int i = 0; i < items.size(); i++) {
            add(document, ofList(object, items.get(i)), pointer + "/items/" + i);
        }
    }

    private static UnreadableException unreadable(Place place, String message) {
        return new UnreadableException(place.line(), place.column(), message);
    }

    /** The API server does not repeat the kind in a list of one: UnstructuredJSONScheme of k8s.io/apimachinery. */
    private static JsonNode ofList(ObjectNode list, JsonNode item) {
        String kind = list.path("kind").textValue();
        if (!(item instanceof ObjectNode object) || kind.equals("List") || item.has("kind") || item.has("apiVersion")) {
            return item;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", list.path("apiVersion").asText())
                .put("kind", kind.substring(0, kind.length() - "List".length()))
                .setAll(object);
    }

    /** As it is called in messages. */
    String name() {
        return name;
    }

    /** Whether it holds nothing at all, not even a comment. */
    boolean isBlank() {
        return text.isBlank();
    }

    List<Entry> manifests() {
        return manifests;
    }

    /** The text of a line, from 1; empty behind the end. */
    String line(int number) {
        if (number > lineStarts.length) {
            return "";
        }
        int end = number < lineStarts.length ? lineStarts[number] : text.length();
        return text.substring(lineStarts[number - 1], end).stripTrailing();
    }
}
