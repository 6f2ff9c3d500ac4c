package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.policy.DocumentId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the fields of policies stand in their file. */
final class PolicyPlaces {
    private final List<ManifestFile.Manifest> documents;

    private PolicyPlaces(List<ManifestFile.Manifest> documents) {
        this.documents = documents;
    }

    /** Of what is no YAML, nothing stands anywhere. */
    static PolicyPlaces of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new PolicyPlaces(ManifestFile.read(file.toString(), in).manifests());
        } catch (IOException | UnreadableException e) {
            return new PolicyPlaces(List.of());
        }
    }

    /**
     * Where a field stands, or what would hold it.
     *
     * @param id of the document; null where it is not known
     * @param path such as {@code spec.exemptions[0].expires}
     */
    Place of(@Nullable DocumentId id, String path) {
        return documents.stream()
                .filter(document -> DocumentId.of(document.object())
                        .filter(own -> own.equals(id))
                        .isPresent())
                .findFirst()
                .map(document -> document.place(pointer(document.object(), path)))
                .orElse(Place.NOWHERE);
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
        return key.isEmpty() ? "" : YamlText.child("", key) + pointer(node.path(key), rest.substring(key.length()));
    }
}
