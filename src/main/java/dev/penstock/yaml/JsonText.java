package dev.penstock.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Documents of JSON, one behind another, as kubectl reads them, with the place of every value. */
final class JsonText {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(YamlText.DEEPEST)
                    .build())
            .build();

    private final String text;
    private final JsonParser json;
    private Map<String, Place> places = new HashMap<>(); // of the document that is read
    private int values;
    private int counted; // up to where columns are
    private int columns = 1; // of what is there, in code points: the parser counts chars

    private JsonText(String text, JsonParser json) {
        this.text = text;
        this.json = json;
    }

    /**
     * What stands behind the first one may be YAML, and so may all of it.
     *
     * @throws UnreadableException where it is neither
     */
    static List<YamlDocument> documents(String text) throws UnreadableException {
        List<YamlDocument> documents = new ArrayList<>();
        JsonLocation end = JsonLocation.NA;
        try (JsonParser json = JSON.createParser(text)) {
            JsonText file = new JsonText(text, json);
            while (json.nextToken() != null) {
                if (documents.size() == YamlText.MOST_DOCUMENTS) {
                    throw new UnreadableException(
                            json.currentLocation().getLineNr(),
                            1,
                            "is one document more than " + YamlText.MOST_DOCUMENTS);
                }
                documents.add(file.document());
                end = json.currentLocation();
            }
        } catch (JsonProcessingException e) {
            if (documents.size() > 1) {
                JsonLocation at = e.getLocation();
                throw new UnreadableException(at.getLineNr(), at.getColumnNr(), "not JSON: " + e.getOriginalMessage());
            }
            documents.addAll(
                    documents.isEmpty()
                            ? YamlText.documents(text)
                            : YamlText.documents(text.substring((int) end.getCharOffset()), end.getLineNr() - 1));
        } catch (IOException e) {
            throw new IllegalStateException("a text is read without fail", e);
        }
        return documents;
    }

    private YamlDocument document() throws IOException, UnreadableException {
        places = new HashMap<>();
        return new YamlDocument(value(""), places);
    }

    private JsonNode value(String pointer) throws IOException, UnreadableException {
        JsonLocation start = json.currentTokenLocation();
        int column = column(start);
        if (++values > YamlText.MOST_VALUES) {
            throw new UnreadableException(
                    start.getLineNr(), column, "holds more than " + YamlText.MOST_VALUES + " values");
        }
        JsonToken token = json.currentToken();
        JsonNode value = switch (token) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> array(pointer);
            case VALUE_STRING -> TextNode.valueOf(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(start.getLineNr(), column);
            case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(token == JsonToken.VALUE_TRUE);
            default -> NullNode.getInstance();
        };
        int length = value.isContainerNode()
                ? 1
                : text.codePointCount((int) start.getCharOffset(), (int)
                        json.currentLocation().getCharOffset());
        places.put(pointer, new Place(start.getLineNr(), column, length));
        return value;
    }

    /** Of a value behind the one before: each line is counted once, however long it is. */
    private int column(JsonLocation value) {
        int offset = (int) value.getCharOffset();
        int lineStart = offset - (value.getColumnNr() - 1);
        if (counted < lineStart) {
            counted = lineStart;
            columns = 1;
        }
        columns += text.codePointCount(counted, offset);
        counted = offset;
        return columns;
    }

    private JsonNode number(int line, int column) throws IOException, UnreadableException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return YamlScalar.whole(json.getLongValue());
        }
        double value = json.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw new UnreadableException(line, column, json.getText() + " is no number of JSON");
        }
        return YamlScalar.number(value);
    }

    private ObjectNode object(String pointer) throws IOException, UnreadableException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            object.set(key, value(YamlDocument.child(pointer, key)));
        }
        return object;
    }

    private ArrayNode array(String pointer) throws IOException, UnreadableException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(pointer + "/" + array.size()));
        }
        return array;
    }
}
