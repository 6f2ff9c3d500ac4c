package dev.penstock.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Where each field that Penstock filled in came from, as the annotation {@code penstock.dev/defaulted} remembers it (P): the
 * field's {@link FieldPath#stable() path} → its source, a {@link Reason} in words.
 *
 * @param sources sorted by path
 * @param text the same as the annotation holds it: compact JSON as Penstock writes it; empty where there is none
 */
record Provenance(SortedMap<String, String> sources, String text) {
    static final int MAX = 64 << 10;
    // With their keys: apimachinery, api/validation TotalAnnotationSizeLimitB.
    private static final int MAX_OF_ALL = 256 << 10;
    private static final int MOST_BYTES = 3; // of a char in UTF-8
    static final Provenance NONE = new Provenance(new TreeMap<>());

    // Paths are as many as there are fields: a table of names costs more than it saves.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    Provenance(SortedMap<String, String> sources) {
        this(sources, text(sources));
    }

    /** The annotation of an object; empty where it has none. */
    static String text(Field object) {
        return object.at("metadata", "annotations", Intent.DEFAULTED).asText().orElse("");
    }

    /**
     * What an annotation remembers; nothing where it was garbled.
     *
     * @param text as {@link #text(Field)} has it
     * @param known is given back where it says the same: most do, and need not be read again
     */
    static Provenance of(String text, Provenance known) {
        if (text.equals(known.text)) {
            return known;
        }
        return text.length() > 2 * MAX ? NONE : parse(text); // a longer one was not written here, and costs
    }

    private static Provenance parse(String text) {
        SortedMap<String, String> sources = new TreeMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String path = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    return NONE;
                }
                sources.put(path, json.getText());
            }
        } catch (IOException e) {
            return NONE; // anyone may write the annotation
        }
        return new Provenance(sources, text);
    }

    /** What is remembered of these paths. */
    Provenance only(Predicate<String> paths) {
        SortedMap<String, String> only = new TreeMap<>(sources);
        only.keySet().removeIf(paths.negate());
        return new Provenance(only);
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

    /** Whether the defaults of a policy or team were laid there. */
    boolean isLaid(String path) {
        return source(path).filter(Reason::isLaid).isPresent();
    }

    /** The policy, defaults or annotation that named what is there or, short of a container, around it; empty where none did. */
    Optional<String> named(FieldPath path) {
        for (FieldPath holder = path; !holder.isRoot(); holder = holder.parent()) {
            Optional<String> source = source(holder.stable());
            if (source.isPresent() || holder.isContainer()) { // what is in one has entries of its own
                return source.filter(Reason::isNamed).filter(Provenance::isOneLine);
            }
        }
        return Optional.empty();
    }

    /** As anything is that Penstock writes. */
    private static boolean isOneLine(String source) {
        return source.chars().noneMatch(Character::isISOControl);
    }

    /** Whether the container there was made because the manifest had none. */
    boolean isMade(String path) {
        return Reason.made().toString().equals(sources.get(path));
    }

    /** Whether the field's value was once taken for a decision of the author's. */
    boolean isAuthors(String path) {
        return Reason.author().toString().equals(sources.get(path));
    }

    /** What the author wrote where Penstock completed it; empty where it did not. */
    Optional<String> rawForm(String path) {
        return source(path).flatMap(Reason::rawForm);
    }

    private static String text(SortedMap<String, String> sources) {
        if (sources.isEmpty()) {
            return "";
        }
        StringBuilder json = new StringBuilder(128 * sources.size());
        sources.forEach((path, source) -> {
            write(path, json.append(json.isEmpty() ? '{' : ','));
            write(source, json.append(':'));
        });
        return json.append('}').toString();
    }

    private static void write(String text, StringBuilder json) {
        json.append('"');
        if (isPlain(text)) {
            json.append(text); // at once: the encoder appends one by one
        } else {
            JsonStringEncoder.getInstance().quoteAsString(text, json);
        }
        json.append('"');
    }

    /** Whether JSON has the text as it is. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * What is remembered where it cannot be all.
     *
     * @param provenance short enough
     * @param forgotten the fields below which nothing is remembered any more
     */
    record Capped(Provenance provenance, List<String> forgotten) {}

    /** How many bytes it may have beside the other annotations: {@link #MAX}, unless they leave less of what Kubernetes allows all. */
    static int room(Field annotations) {
        int chars = 0;
        for (Map.Entry<String, JsonNode> other : annotations.value().properties()) {
            chars += other.getKey().length() + other.getValue().asText().length();
        }
        if (MOST_BYTES * chars <= MAX_OF_ALL - MAX - Intent.DEFAULTED.length()) {
            return MAX;
        }
        int room = MAX_OF_ALL - Intent.DEFAULTED.length();
        for (Map.Entry<String, JsonNode> other : annotations.value().properties()) {
            if (!other.getKey().equals(Intent.DEFAULTED)) {
                room -= bytes(other.getKey()) + bytes(other.getValue().asText());
            }
        }
        return Math.min(room, MAX);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** What fits within so many bytes: the rest is forgotten list by list or object by object, the largest first. */
    Capped capped(int room) {
        if (MOST_BYTES * text.length() <= room) {
            return new Capped(this, List.of());
        }
        int size = bytes(text);
        if (size <= room) {
            return new Capped(this, List.of());
        }
        Map<String, Integer> groups = new TreeMap<>();
        sources.forEach((path, source) -> groups.merge(holder(path), size(path, source), Integer::sum));
        Set<String> forgotten = new LinkedHashSet<>();
        Iterator<Map.Entry<String, Integer>> largest = groups.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .iterator();
        while (size > room && largest.hasNext()) {
            Map.Entry<String, Integer> group = largest.next();
            size -= group.getValue();
            forgotten.add(group.getKey());
        }
        return new Capped(only(path -> !forgotten.contains(holder(path))), List.copyOf(forgotten));
    }

    private static String holder(String path) {
        int end = path.endsWith("]") ? path.lastIndexOf('[') : path.lastIndexOf('.');
        return end < 0 ? "" : path.substring(0, end);
    }

    /** Of one entry, with quotes, colon and comma. */
    private static int size(String path, String source) {
        JsonStringEncoder encoder = JsonStringEncoder.getInstance();
        return encoder.quoteAsUTF8(path).length + encoder.quoteAsUTF8(source).length + 6;
    }
}
