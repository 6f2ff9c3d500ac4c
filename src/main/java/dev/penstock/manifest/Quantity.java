package dev.penstock.manifest;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * An amount of a resource, as Kubernetes reads it: {@code 500m}, {@code 1Gi}, {@code 1e3}, {@code 0.5}. Equal amounts
 * compare equal however they are written.
 */
public record Quantity(BigDecimal amount) implements Comparable<Quantity> {
    // Digits before the point, and as many after it: no input costs much.
    private static final int MOST = 256;
    private static final int LONG = 18; // digits, and a sign among them, that are in any case a long
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("P", new BigDecimal("1e15")),
            Map.entry("E", new BigDecimal("1e18")),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    /** The amount; empty where Kubernetes would not read the text: apimachinery, api/resource/quantity.go. */
    public static Optional<Quantity> parse(String text) {
        // By hand: a pattern took a fifth of a large review.
        int start = isAt(text, 0, "+-") ? 1 : 0;
        int point = endOfDigits(text, start);
        int end = isAt(text, point, ".") ? endOfDigits(text, point + 1) : point;
        boolean isNumber = point > start || end > point + 1;
        if (!isNumber || point - start > MOST || end - point - 1 > MOST) {
            return Optional.empty();
        }
        String suffix = text.substring(end);
        BigDecimal unit = SUFFIXES.get(suffix);
        if (unit == null) {
            if (!isExponent(suffix)) {
                return Optional.empty();
            }
            unit = new BigDecimal("1" + suffix);
        }
        return Optional.of(new Quantity(number(text, end, end == point).multiply(unit)));
    }

    private static BigDecimal number(String text, int end, boolean isWhole) {
        return isWhole && end <= LONG // as it mostly is: then it needs no text of its own
                ? BigDecimal.valueOf(Long.parseLong(text, 0, end, 10))
                : new BigDecimal(text.substring(0, end));
    }

    /** Of at most three digits, and zeros before them: more are not worth what they cost. */
    private static boolean isExponent(String suffix) {
        int digits = isAt(suffix, 1, "+-") ? 2 : 1;
        int first = digits;
        while (isAt(suffix, first, "0")) {
            first++;
        }
        return isAt(suffix, 0, "eE")
                && suffix.length() > digits
                && suffix.length() - first <= 3
                && endOfDigits(suffix, first) == suffix.length();
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (isAt(text, end, "0123456789")) {
            end++;
        }
        return end;
    }

    private static boolean isAt(String text, int position, String characters) {
        return position < text.length() && characters.indexOf(text.charAt(position)) >= 0;
    }

    /** Whether it is as much, however it is written. */
    boolean equalsAmount(Quantity other) {
        return compareTo(other) == 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }
}
