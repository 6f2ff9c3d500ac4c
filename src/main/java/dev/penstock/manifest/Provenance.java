package dev.penstock.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where each field that Penstock filled in came from, as the annotation {@code penstock.dev/defaulted} remembers it (P): the
 * field's {@link FieldPath#stable() path} → its source, a {@link Reason} in words.
 *
 * @param sources sorted by path
 */
record Provenance(SortedMap<String, String> sources) {
    static final String KEY = "penstock.dev/defaulted";
    // Of the 256 KiB that Kubernetes allows all annotations together.
    static final int MAX = 64 << 10;
    static final Provenance NONE = new Provenance(new TreeMap<>());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the object remembers; nothing where the annotation is absent or was garbled. */
    static Provenance of(Field object) {
        return object.at("metadata", "annotations", KEY)
                .asText()
                .map(Provenance::parse)
                .orElse(NONE);
    }

    private static Provenance parse(String text) {
        SortedMap<String, String> sources = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry : JSON.readTree(text).properties()) {
                sources.put(entry.getKey(), entry.getValue().asText());
            }
        } catch (JsonProcessingException e) {
            return NONE; // anyone may write the annotation
        }
        return new Provenance(sources);
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }

    Optional<String> source(String path) {
        return Optional.ofNullable(sources.get(path));
    }

    /** Whether anything is remembered of the element or of what is in it. */
    boolean isWithin(String element) {
        SortedMap<String, String> from = sources.tailMap(element);
        return !from.isEmpty()
                && (from.firstKey().equals(element) || from.firstKey().startsWith(element + "."));
    }

    /** Whether Penstock filled the field in: it neither completed what the author wrote nor took it for a decision. */
    boolean isOurs(String path) {
        String source = sources.get(path);
        return source != null && !isAuthors(path) && rawForm(path).isEmpty();
    }

    /** Whether the field's value was once taken for a decision of the author's. */
    boolean isAuthors(String path) {
        return Reason.author().toString().equals(sources.get(path));
    }

    /** What the author wrote where Penstock completed it; empty where it did not. */
    Optional<String> rawForm(String path) {
        return source(path).flatMap(Reason::rawForm);
    }

    /** As the annotation holds it: compact JSON. */
    String text() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        sources.forEach(object::put);
        return object.toString();
    }

    /**
     * What is remembered where it cannot be all.
     *
     * @param provenance short enough
     * @param forgotten the fields below which nothing is remembered any more
     */
    record Capped(Provenance provenance, List<String> forgotten) {}

    /** The same within {@link #MAX} bytes: what does not fit is forgotten list by list or object by object, the largest first. */
    Capped capped() {
        List<String> forgotten = new ArrayList<>();
        SortedMap<String, String> kept = new TreeMap<>(sources);
        while (size(kept) > MAX) {
            Map<String, Integer> groups = new TreeMap<>();
            kept.forEach((path, source) -> groups.merge(holder(path), size(path, source), Integer::sum));
            String largest = Collections.max(groups.entrySet(), Map.Entry.comparingByValue())
                    .getKey();
            kept.keySet().removeIf(path -> holder(path).equals(largest));
            forgotten.add(largest);
        }
        return new Capped(new Provenance(kept), forgotten);
    }

    private static String holder(String path) {
        int end = path.endsWith("]") ? path.lastIndexOf('[') : path.lastIndexOf('.');
        return end < 0 ? "" : path.substring(0, end);
    }

    private static int size(Map<String, String> sources) {
        int size = 2;
        for (Map.Entry<String, String> entry : sources.entrySet()) {
            size += size(entry.getKey(), entry.getValue());
        }
        return size;
    }

    /** Of one entry, with quotes, colon and comma; the few characters that JSON escapes are not worth counting. */
    private static int size(String path, String source) {
        return path.getBytes(StandardCharsets.UTF_8).length + source.getBytes(StandardCharsets.UTF_8).length + 6;
    }
}
