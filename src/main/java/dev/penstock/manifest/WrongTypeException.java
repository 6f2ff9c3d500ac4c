package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** A field holds another JSON type than Kubernetes has there: the request is broken. */
public final class WrongTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final String TEXT = "a string";

    private final transient FieldPath path;
    private final String sentence;

    /** @param expected the type with its article, such as {@code a string} */
    public WrongTypeException(FieldPath path, String expected, JsonNode found) {
        this(
                path,
                (path.isRoot() ? "the object" : path.toString()) + ": "
                        + (expected.equals(TEXT)
                                ? noText(found)
                                : "must be " + expected + ", but is " + article(found)));
    }

    private WrongTypeException(FieldPath path, String sentence) {
        super(sentence);
        this.path = path;
        this.sentence = sentence;
    }

    /** What is wrong with this where a string must be: without the value, which may be a password. */
    public static String noText(JsonNode found) {
        return "must be " + TEXT + ", but is "
                + switch (found.getNodeType()) {
                    case NUMBER -> "a number: put it in quotes";
                    case BOOLEAN -> "a boolean: put it in quotes";
                    default -> article(found);
                };
    }

    private static String article(JsonNode found) {
        return switch (found.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case NULL, MISSING -> "absent";
            case NUMBER -> found.isIntegralNumber() ? "the number " + shortened(found) : "a fraction";
            default -> "a " + found.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String shortened(JsonNode number) {
        String text = number.asText();
        return text.length() > 24 ? text.substring(0, 24) + "…" : text;
    }

    /** The field. */
    public FieldPath path() {
        return path;
    }

    /** Names the field's path, for the request's sender. */
    public String sentence() {
        return sentence;
    }
}
