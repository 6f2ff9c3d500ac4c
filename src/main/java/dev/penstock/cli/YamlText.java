package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Documents of YAML as kubectl reads them, with the place of every value. */
final class YamlText {
    private static final int MOST_VALUES = 1_000_000; // aliases may repeat without end what they stand for

    /**
     * A document.
     *
     * @param places by JSON pointer
     */
    record Document(JsonNode value, Map<String, Place> places) {
        /** Where a value stands; where it is not there, what would hold it. */
        Place place(String pointer) {
            String path = pointer;
            while (!places.containsKey(path) && !path.isEmpty()) {
                path = path.substring(0, path.lastIndexOf('/'));
            }
            return places.getOrDefault(path, Place.BEGINNING);
        }
    }

    /** Every plain scalar is a text to it: what it says is for {@link YamlScalar} to tell. */
    private static final class Texts extends Resolver {
        @Override
        protected void addImplicitResolvers() {}
    }

    private final Map<String, Place> places = new HashMap<>();
    private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>(); // those that hold the one that is read
    private int values;

    private YamlText() {}

    /** @throws UnreadableException where it is no YAML, or none that kubectl would take */
    static List<Document> documents(String text) throws UnreadableException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the file's size is limited
        options.setNestingDepthLimit(200);
        options.setMaxAliasesForCollections(1000);
        List<Document> documents = new ArrayList<>();
        try {
            Composer composer = new Composer(new ParserImpl(new StreamReader(text), options), new Texts(), options);
            while (composer.checkNode()) {
                YamlText reading = new YamlText();
                JsonNode value = reading.value(composer.getNode(), "");
                documents.add(new Document(value, reading.places));
            }
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            throw mark == null
                    ? new UnreadableException(0, 0, "not YAML: " + e.getProblem())
                    : wrong(mark, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new UnreadableException(0, 0, "not YAML: " + e.getMessage());
        }
        return documents;
    }

    private static UnreadableException wrong(Mark mark, String message) {
        return new UnreadableException(mark.getLine() + 1, mark.getColumn() + 1, message);
    }

    private JsonNode value(Node node, String pointer) throws UnreadableException {
        if (++values > MOST_VALUES) {
            throw wrong(node.getStartMark(), "holds more than " + MOST_VALUES + " values");
        }
        if (open.put(node, true) != null) {
            throw wrong(node.getStartMark(), "holds itself, by an alias");
        }
        places.putIfAbsent(pointer, place(node));
        try {
            if (node instanceof MappingNode mapping) {
                return object(mapping, pointer);
            }
            return node instanceof SequenceNode sequence ? array(sequence, pointer) : scalar((ScalarNode) node);
        } finally {
            open.remove(node);
        }
    }

    private static Place place(Node node) {
        Mark start = node.getStartMark();
        Mark end = node.getEndMark();
        boolean onOneLine = node instanceof ScalarNode && start.getLine() == end.getLine();
        int length = onOneLine ? end.getColumn() - start.getColumn() : 1;
        return new Place(start.getLine() + 1, start.getColumn() + 1, Math.max(1, length));
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
        List<Node> merged = new ArrayList<>();
        for (NodeTuple member : mapping.getValue()) {
            if (isMerge(member.getKeyNode())) {
                merged.add(member.getValueNode());
                continue;
            }
            String key = key(member.getKeyNode());
            if (object.has(key)) {
                throw wrong(member.getKeyNode().getStartMark(), "key \"" + key + "\" is there twice");
            }
            object.set(key, value(member.getValueNode(), child(pointer, key)));
        }
        for (Node node : merged) {
            merge(object, node, pointer);
        }
        return object;
    }

    /** The pointer to a member of what is at this one. */
    static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().equals("<<");
    }

    /** What stands in the object itself comes first, then the merged ones in their order. */
    private void merge(ObjectNode object, Node node, String pointer) throws UnreadableException {
        if (node instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                merge(object, element, pointer);
            }
            return;
        }
        if (!(node instanceof MappingNode)) {
            throw wrong(node.getStartMark(), "<< merges mappings, and this is none");
        }
        for (Map.Entry<String, JsonNode> member : value(node, pointer).properties()) {
            object.putIfAbsent(member.getKey(), member.getValue());
        }
    }

    private static String key(Node node) throws UnreadableException {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrong(node.getStartMark(), "a key must be a text");
        }
        return scalar(scalar).asText();
    }

    private static JsonNode scalar(ScalarNode scalar) throws UnreadableException {
        String tag = scalar.getTag().getValue();
        return switch (tag) {
            case "tag:yaml.org,2002:str" ->
                scalar.getScalarStyle() == ScalarStyle.PLAIN
                        ? YamlScalar.of(scalar.getValue())
                        : TextNode.valueOf(scalar.getValue());
            case "tag:yaml.org,2002:int",
                    "tag:yaml.org,2002:float",
                    "tag:yaml.org,2002:bool",
                    "tag:yaml.org,2002:null" -> YamlScalar.of(scalar.getValue());
            default -> throw wrong(scalar.getStartMark(), "the tag " + tag + " means nothing in a manifest");
        };
    }
}
