package dev.penstock.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The objects of a file of manifests, YAML or JSON. */
final class ManifestFile {
    /** The name of what is in the cluster. */
    static final String CLUSTER = "cluster";

    private static final int MAX_BYTES = 16 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String name;
    private final List<String> lines;
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
        this.lines = text.lines().toList();
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

    private static List<YamlText.Document> documents(String text) throws UnreadableException {
        if (text.stripLeading().startsWith("{")) {
            try {
                JsonNode value = JSON.readTree(text);
                return List.of(new YamlText.Document(value, places(text)));
            } catch (JsonProcessingException e) {
                return YamlText.documents(text); // in YAML's own braces
            }
        }
        return YamlText.documents(text);
    }

    /** JSON is YAML, but for tabs. */
    private static Map<String, Place> places(String json) {
        try {
            return YamlText.documents(json.replace('\t', ' ')).get(0).places();
        } catch (UnreadableException e) {
            return Map.of();
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
                add(document, items.get(i), pointer + "/items/" + i);
            }
        } else {
            manifests.add(new Manifest(this, object, document, pointer));
        }
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
        return number <= lines.size() ? lines.get(number - 1) : "";
    }
}
