package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.yaml.Place;
import dev.penstock.yaml.UnreadableException;
import dev.penstock.yaml.YamlDocument;
import dev.penstock.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the fields of policies stand in their file. */
final class PolicyPlaces {
    private final List<YamlDocument> documents;
    private final Optional<Unread> unread;

    private PolicyPlaces(List<YamlDocument> documents, Optional<Unread> unread) {
        this.documents = documents;
        this.unread = unread;
    }

    static PolicyPlaces of(Path file) {
        if (!Files.isRegularFile(file)) {
            return new PolicyPlaces(List.of(), Optional.empty()); // what a pipe held has been read
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new PolicyPlaces(YamlFile.read(in).objects(), Optional.empty());
        } catch (UnreadableException e) {
            return new PolicyPlaces(List.of(), Optional.of(Unread.of(file.toString(), e)));
        } catch (IOException e) {
            return new PolicyPlaces(List.of(), Optional.empty());
        }
    }

    /** Where the file is no YAML, and why, as of manifests; empty where it is some, or cannot be read at all. */
    Optional<Unread> unread() {
        return unread;
    }

    /**
     * Where a field stands, or what would hold it.
     *
     * @param position of the document in the file; -1 for the file
     * @param path such as {@code spec.exemptions[0].expires}
     */
    Place of(int position, String path) {
        if (position < 0 || position >= documents.size()) {
            return Place.NOWHERE;
        }
        YamlDocument document = documents.get(position);
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
