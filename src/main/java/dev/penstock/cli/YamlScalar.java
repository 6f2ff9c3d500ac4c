package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
 * <p>Source: {@code resolve.go} of sigs.k8s.io/yaml/goyaml.v2.
 */
final class YamlScalar {
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
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final int[] BASES = {16, 2, 8, 10};
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final int MAX_DIGITS = 400; // a double has fewer; more only cost

    private YamlScalar() {}

    static JsonNode of(String text) {
        if (NULLS.contains(text)) {
            return NullNode.getInstance();
        }
        Boolean truth = isOneCase(text) ? BOOLEANS.get(text.toLowerCase(Locale.ROOT)) : null;
        if (truth != null) {
            return BooleanNode.valueOf(truth);
        }
        return number(text).orElseGet(() -> TextNode.valueOf(text));
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
        Matcher integer = INTEGER.matcher(digits);
        if (integer.matches()) {
            return Optional.of(integer(integer));
        }
        return FLOAT.matcher(digits).matches() ? fraction(Double.parseDouble(digits)) : Optional.empty();
    }

    private static JsonNode integer(Matcher matcher) {
        for (int group = 2; group <= 5; group++) {
            if (matcher.group(group) != null) {
                return shortest(
                        new BigInteger(matcher.group(1).replace("+", "") + matcher.group(group), BASES[group - 2]));
            }
        }
        throw new IllegalStateException("an integer without digits");
    }

    private static JsonNode shortest(BigInteger value) {
        return value.bitLength() < Long.SIZE ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }

    /** A whole number is written as one; one that no JSON can hold stays a text. */
    private static Optional<JsonNode> fraction(double value) {
        if (Double.isInfinite(value)) {
            return Optional.empty();
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return Optional.of(whole ? LongNode.valueOf((long) value) : DoubleNode.valueOf(value));
    }
}
