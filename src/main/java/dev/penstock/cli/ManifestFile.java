package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The objects of a file of manifests, YAML or JSON. */
final class ManifestFile {
    /** The name of what is in the cluster. */
    static final String CLUSTER = "cluster";

    private static final int MAX_BYTES = 16 << 20;
    private final String name;
    private final String text;
    private final int[] lineStarts;
    private final List<Manifest> manifests = new ArrayList<>();

    /**
     * An object of the file.
     *
     * @param pointer where it stands in its document, which may be a list
     */
    record Manifest(ManifestFile file, ObjectNode object, YamlText.Document document, String pointer) {
        /** What stands in the cluster, and in no file. */
        static Manifest ofCluster(ObjectNode object) {
            return new Manifest(
                    new ManifestFile(CLUSTER, ""),
                    object,
                    new YamlText.Document(object, Map.of("", Place.NOWHERE)),
                    "");
        }

        /** The same place with another object. */
        Manifest with(ObjectNode other) {
            return new Manifest(file, other, document, pointer);
        }

        /** Where a field stands, or what would hold it. */
        Place place(String field) {
            return document.place(pointer + field);
        }
    }

    private ManifestFile(String name, String text) {
        this.name = name;
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    /** @throws UnreadableException where it is no text of YAML or JSON; of several documents all must be */
    static ManifestFile read(String name, InputStream in) throws IOException, UnreadableException {
        String text = text(in);
        ManifestFile file = new ManifestFile(name, text);
        for (YamlText.Document document : documents(text)) {
            file.add(document, document.value(), "");
        }
        return file;
    }

    /** The documents of a file, whatever they hold, if it is anything. */
    static List<YamlText.Document> documents(InputStream in) throws IOException, UnreadableException {
        return documents(text(in)).stream()
                .filter(document -> !document.value().isNull())
                .toList();
    }

    private static List<YamlText.Document> documents(String text) throws UnreadableException {
        boolean isJson = text.stripLeading().startsWith("{");
        return isJson ? JsonText.documents(text) : YamlText.documents(text);
    }

    private static String text(InputStream in) throws IOException, UnreadableException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new UnreadableException(0, 0, "is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableException(0, 0, "is no text in UTF-8");
        }
    }

    private void add(YamlText.Document document, JsonNode value, String pointer) throws UnreadableException {
        if (value.isNull()) {
            return; // between two lines of ---
        }
        if (!(value instanceof ObjectNode object) || !object.path("kind").isTextual()) {
            Place place = document.place(pointer);
            throw new UnreadableException(place.line(), place.column(), "is no Kubernetes object: it has no kind");
        }
        JsonNode items = object.path("items");
        if (object.path("kind").textValue().endsWith("List") && items.isArray()) {
            for (int i = 0; i < items.size(); i++) {
                add(document, ofList(object, items.get(i)), pointer + "/items/" + i);
            }
        } else {
            manifests.add(new Manifest(this, object, document, pointer));
        }
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

    List<Manifest> manifests() {
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

    /** An index, not the lines themselves: of a file of many short ones these would be far larger than the file. */
    static int[] lineStarts(String text) {
        return IntStream.concat(IntStream.of(0), lineEnds(text, 0, text.length()))
                .toArray();
    }

    /** Behind which characters of a part of a text a line ends, as editors see it; to YAML more characters end one. */
    static IntStream lineEnds(String text, int from, int to) {
        return IntStream.range(from, to)
                .filter(at -> text.charAt(at) == '\n' || (text.charAt(at) == '\r' && !text.startsWith("\n", at + 1)))
                .map(at -> at + 1);
    }
}
