package dev.penstock.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Documents of YAML as kubectl reads them, with the place of every value.
 *
 * <p>Source: util/yaml/decoder.go of k8s.io/apimachinery, which parts the documents, and decode.go of go.yaml.in/yaml/v2.
 */
final class YamlText {
    static final int MOST_VALUES = 500_000; // of a file; aliases may repeat without end what they stand for
    static final int MOST_DOCUMENTS = 50_000; // of a file
    static final int DEEPEST = 200;
    private static final int LONGEST_LINE = 2 << 20; // characters: the time to read one grows with its square
    private static final String SEPARATOR = "---";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<YamlDocument> documents = new ArrayList<>();
    private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>(); // those that hold the one that is read
    private int values;
    private Map<String, Place> places = new HashMap<>(); // of the document that is read
    private int line; // on which it begins, from 0
    private int[] lineStarts = {0}; // of it, in code points

    private YamlText(int line) {
        this.line = line;
    }

    /** @throws UnreadableException where it is no YAML, or none that kubectl would take */
    static List<YamlDocument> documents(String text) throws UnreadableException {
        return documents(text, 0);
    }

    /**
     * The same of the rest of a file.
     *
     * @param line on which the text begins, from 0
     */
    static List<YamlDocument> documents(String text, int line) throws UnreadableException {
        YamlText file = new YamlText(line);
        file.read(text);
        return file.documents;
    }

    /** The documents are parted line by line, before any of them is read. */
    private void read(String text) throws UnreadableException {
        int begin = 0;
        int current = line;
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at) + 1;
            if (end - at > LONGEST_LINE) {
                throw new UnreadableException(
                        current + 1, 1, "is a line of more than " + (LONGEST_LINE >> 20) + " MiB");
            }
            if (text.startsWith(SEPARATOR, at)) {
                String behind = text.substring(at + SEPARATOR.length(), end).strip();
                if (!behind.isEmpty() && !behind.startsWith("#")) {
                    throw new UnreadableException(current + 1, 1, "--- begins a document: nothing may stand behind it");
                }
                if (begin < at) {
                    add(text.substring(begin, at));
                    begin = end;
                    line = current + 1;
                }
            }
            current += (int) Lines.ends(text, at, end).count();
            at = end;
        }
        add(text.substring(begin));
    }

    private void add(String part) throws UnreadableException {
        String document =
                (part.startsWith(BYTE_ORDER_MARK) ? part.substring(1) : part) + (part.endsWith("\n") ? "" : "\n");
        lineStarts = lineStarts(document);
        try {
            Optional<Node> node = YamlNodes.of(document, DEEPEST, MOST_VALUES);
            if (node.isPresent()) {
                if (documents.size() == MOST_DOCUMENTS) {
                    throw wrong(node.get(), "is one document more than " + MOST_DOCUMENTS);
                }
                places = new HashMap<>();
                documents.add(new YamlDocument(value(node.get(), ""), places));
            } else if (document.startsWith("%")) {
                throw new UnreadableException(line + 1, 1, "kubectl takes no directives");
            }
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            throw mark == null
                    ? new UnreadableException(0, 0, "not YAML: " + e.getProblem())
                    : wrong(mark, "not YAML: " + e.getProblem() + advice(e));
        } catch (ReaderException e) {
            throw new UnreadableException(0, 0, "not YAML: holds the character U+%04X".formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            throw new UnreadableException(0, 0, "not YAML: " + e.getMessage());
        }
    }

    /** What most of those meant who wrote a schedule such as {@code * * * * *}. */
    private static String advice(MarkedYAMLException why) {
        boolean isAlias = "while scanning an alias".equals(why.getContext());
        boolean isNoToken = why.getProblem().contains("cannot start any token")
                && !why.getProblem().contains("TAB");
        return isAlias || isNoToken ? ": write a text that begins so in quotes" : "";
    }

    private UnreadableException wrong(Node node, String message) {
        return wrong(node.getStartMark(), message);
    }

    private UnreadableException wrong(Mark mark, String message) {
        Place place = place(mark.getIndex());
        return new UnreadableException(place.line(), place.column(), message);
    }

    /** @param index in the document, in code points */
    private Place place(int index) {
        int found = Arrays.binarySearch(lineStarts, index);
        int at = found < 0 ? -found - 2 : found;
        return new Place(line + at + 1, index - lineStarts[at] + 1, 1);
    }

    /** Where lines begin, in code points. */
    private static int[] lineStarts(String text) {
        int[] starts = Lines.starts(text);
        int from = 0;
        for (int i = 1; i < starts.length; i++) {
            int points = text.codePointCount(from, starts[i]);
            from = starts[i];
            starts[i] = starts[i - 1] + points;
        }
        return starts;
    }

    private JsonNode value(Node node, String pointer) throws UnreadableException {
        enter(node);
        places.put(pointer, place(node));
        try {
            if (node instanceof MappingNode mapping) {
                return object(mapping, pointer);
            }
            return node instanceof SequenceNode sequence ? array(sequence, pointer) : scalar((ScalarNode) node);
        } finally {
            open.remove(node);
        }
    }

    private void enter(Node node) throws UnreadableException {
        if (++values > MOST_VALUES) {
            throw wrong(node, "holds more than " + MOST_VALUES + " values");
        }
        if (open.put(node, true) != null) {
            throw wrong(node, "holds itself, by an alias");
        }
        if (open.size() > DEEPEST) {
            throw wrong(node, "is nested deeper than " + DEEPEST);
        }
    }

    private Place place(Node node) {
        Place start = place(node.getStartMark().getIndex());
        if (!(node instanceof ScalarNode)) {
            return start;
        }
        Place end = place(node.getEndMark().getIndex());
        int length = start.line() == end.line() ? end.column() - start.column() : 1;
        int last = end.column() == 1 ? end.line() - 1 : end.line(); // a block ends where the next line begins
        return new Place(start.line(), start.column(), Math.max(1, length), Math.max(start.line(), last));
    }

    private ArrayNode array(SequenceNode sequence, String pointer) throws UnreadableException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Node element : sequence.getValue()) {
            array.add(value(element, pointer + "/" + array.size()));
        }
        return array;
    }

    private ObjectNode object(MappingNode mapping, String pointer) throws UnreadableException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, Node> member : members(mapping).entrySet()) {
            object.set(member.getKey(), value(member.getValue(), YamlDocument.child(pointer, member.getKey())));
        }
        return object;
    }

    /** Its members and those that are merged in, by key: of a key that both have the later counts, as go-yaml does it. */
    private Map<String, Node> members(MappingNode mapping) throws UnreadableException {
        Map<String, Node> members = new LinkedHashMap<>();
        Set<String> own = new HashSet<>();
        for (NodeTuple member : mapping.getValue()) {
            Node keyNode = member.getKeyNode();
            if (isMerge(keyNode)) {
                merge(members, keyNode, member.getValueNode());
            } else {
                String key = key(keyNode);
                if (!own.add(key)) {
                    throw wrong(keyNode, "key \"" + key + "\" is there twice");
                }
                members.put(key, member.getValueNode());
            }
        }
        return members;
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getValue().equals("<<")
                && (scalar.getTag().getValue().equals(YamlNodes.PLAIN)
                        || scalar.getTag().equals(Tag.MERGE));
    }

    /** Of several the first comes first. An alias may stand for one of them, not for the list. */
    private void merge(Map<String, Node> members, Node key, Node node) throws UnreadableException {
        boolean isAlias = node.getStartMark().getIndex() < key.getStartMark().getIndex();
        List<Node> merged = node instanceof SequenceNode sequence && !isAlias ? sequence.getValue() : List.of(node);
        for (int i = merged.size() - 1; i >= 0; i--) {
            if (!(merged.get(i) instanceof MappingNode mapping)) {
                throw wrong(merged.get(i), "<< merges mappings, and this is none");
            }
            enter(mapping);
            members.putAll(members(mapping));
            open.remove(mapping);
        }
    }

    private String key(Node node) throws UnreadableException {
        if (node instanceof ScalarNode scalar) {
            JsonNode key = scalar(scalar);
            if (key.isTextual() || key.isBoolean() || key.isIntegralNumber()) {
                return key.asText();
            }
        }
        throw wrong(node, "a key must be a text");
    }

    private JsonNode scalar(ScalarNode scalar) throws UnreadableException {
        if (hasHalfACharacter(scalar.getValue())) {
            throw wrong(scalar, "holds half of a character");
        }
        if (scalar.getTag().equals(Tag.STR)) {
            return TextNode.valueOf(scalar.getValue());
        }
        JsonNode value = YamlScalar.of(scalar.getValue());
        if (!isAllowed(scalar, value)) {
            throw wrong(scalar, "is not what its tag says");
        }
        if (value.isDouble() && !Double.isFinite(value.doubleValue())) {
            throw wrong(scalar, scalar.getValue() + " is no number of JSON");
        }
        return value;
    }

    /** Whether the value is what the tag says. */
    private boolean isAllowed(ScalarNode scalar, JsonNode value) throws UnreadableException {
        String tag = scalar.getTag().getValue();
        return switch (tag) {
            case YamlNodes.PLAIN -> true;
            case Tag.PREFIX + "int" -> value.isIntegralNumber();
            case Tag.PREFIX + "float" -> value.isNumber();
            case Tag.PREFIX + "bool" -> value.isBoolean();
            case Tag.PREFIX + "null" -> value.isNull();
            default -> throw wrong(scalar, "the tag " + tag + " means nothing in a manifest");
        };
    }

    /** As an escape may write it. */
    private static boolean hasHalfACharacter(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
