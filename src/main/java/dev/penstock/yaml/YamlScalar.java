package dev.penstock.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a plain scalar of YAML says to kubectl: YAML 1.1 as go-yaml v2 reads it, which knows neither times nor numbers to the
 * base 60.
 *
 * <p>Source: {@code resolve.go} of go.yaml.in/yaml/v2, by which sigs.k8s.io/yaml reads.
 */
public final class YamlScalar {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Map<String, Boolean> BOOLEANS = Map.ofEntries(
            Map.entry("y", true),
            Map.entry("yes", true),
            Map.entry("true", true),
            Map.entry("on", true),
            Map.entry("n", false),
            Map.entry("no", false),
            Map.entry("false", false),
            Map.entry("off", false));
    private static final Map<String, Double> NO_JSON = Map.ofEntries(
            Map.entry(".nan", Double.NaN),
            Map.entry(".NaN", Double.NaN),
            Map.entry(".NAN", Double.NaN),
            Map.entry(".inf", Double.POSITIVE_INFINITY),
            Map.entry(".Inf", Double.POSITIVE_INFINITY),
            Map.entry(".INF", Double.POSITIVE_INFINITY),
            Map.entry("+.inf", Double.POSITIVE_INFINITY),
            Map.entry("+.Inf", Double.POSITIVE_INFINITY),
            Map.entry("+.INF", Double.POSITIVE_INFINITY),
            Map.entry("-.inf", Double.NEGATIVE_INFINITY),
            Map.entry("-.Inf", Double.NEGATIVE_INFINITY),
            Map.entry("-.INF", Double.NEGATIVE_INFINITY));
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final int[] BASES = {16, 2, 8, 10};
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    // With a point in front, strconv.ParseFloat decides alone: an underscore must stand between digits.
    private static final Pattern POINTED = Pattern.compile("\\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?");
    private static final int MAX_DIGITS = 400; // a double has fewer; more only cost

    private YamlScalar() {}

    /** A double that is not finite where it is a number that JSON cannot hold. */
    public static JsonNode of(String text) {
        if (NULLS.contains(text)) {
            return NullNode.getInstance();
        }
        Boolean truth = isOneCase(text) ? BOOLEANS.get(text.toLowerCase(Locale.ROOT)) : null;
        if (truth != null) {
            return BooleanNode.valueOf(truth);
        }
        Double none = NO_JSON.get(text);
        return none != null ? DoubleNode.valueOf(none) : number(text).orElseGet(() -> TextNode.valueOf(text));
    }

    /** {@code yes}, {@code Yes} and {@code YES}, and nothing between. */
    private static boolean isOneCase(String text) {
        return text.equals(text.toLowerCase(Locale.ROOT))
                || text.equals(text.toUpperCase(Locale.ROOT))
                || text.equals(text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT));
    }

    private static Optional<JsonNode> number(String text) {
        if (text.length() > MAX_DIGITS || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        String digits = text.replace("_", "");
        if (text.charAt(0) == '.') {
            return POINTED.matcher(text).matches() ? fraction(digits) : Optional.empty();
        }
        return integer(digits).or(() -> FLOAT.matcher(digits).matches() ? fraction(digits) : Optional.empty());
    }

    /** Empty where it is none, or one that 64 bits cannot hold, of which only those without a sign may be unsigned. */
    private static Optional<JsonNode> integer(String digits) {
        Matcher matcher = INTEGER.matcher(digits);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int group = 2;
        while (matcher.group(group) == null) {
            group++;
        }
        String sign = matcher.group(1);
        BigInteger value = new BigInteger(sign.replace("+", "") + matcher.group(group), BASES[group - 2]);
        if (value.bitLength() < Long.SIZE) {
            return Optional.of(whole(value.longValue()));
        }
        boolean unsigned = sign.isEmpty() && value.bitLength() == Long.SIZE;
        return unsigned ? Optional.of(number(value.doubleValue())) : Optional.empty();
    }

    /** One that no JSON can hold stays a text. */
    private static Optional<JsonNode> fraction(String digits) {
        double value = Double.parseDouble(digits);
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(number(value));
    }

    /** As Jackson has it of an API server's JSON: nodes of two types are never equal. */
    static JsonNode whole(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    /**
     * A number as kubectl sends it on: whole where it is so, by the digits that Go writes, and 64 bits hold it; any other as a
     * double, and so an integer of more bits.
     */
    static JsonNode number(double value) {
        if (value != Math.rint(value)) {
            return DoubleNode.valueOf(value);
        }
        BigInteger whole = BigDecimal.valueOf(value).toBigInteger();
        return whole.bitLength() < Long.SIZE ? whole(whole.longValue()) : DoubleNode.valueOf(value);
    }
}
