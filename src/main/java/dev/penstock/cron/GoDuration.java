package dev.penstock.cron;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads a duration as Go's {@code time.ParseDuration} does: a sign, then numbers with units, {@code 1h30m},
 * {@code -.5s}; or {@code 0} alone. Sums are 64 bits without a sign, and wrap where Go's wrap.
 */
final class GoDuration {

    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L, // micro sign
            "\u03bcs", 1_000L, // Greek letter mu
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    /** 2^63 read without a sign: one more than the largest duration, and the magnitude of the smallest. */
    private static final long LIMIT = Long.MIN_VALUE;

    private final String text;
    private int position;
    private boolean valid = true;

    private GoDuration(String text) {
        this.text = text;
    }

    /** The duration in nanoseconds, or empty when Go refuses the text or it does not fit. */
    static OptionalLong nanos(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String magnitude = signed ? text.substring(1) : text;
        if (magnitude.equals("0")) {
            return OptionalLong.of(0);
        }
        GoDuration duration = new GoDuration(magnitude);
        long sum = duration.sum();
        boolean negative = text.startsWith("-");
        return duration.valid && (negative || sum >= 0) ? OptionalLong.of(negative ? -sum : sum) : OptionalLong.empty();
    }

    private long sum() {
        long sum = 0;
        do {
            sum = checked(sum + term());
        } while (valid && position < text.length());
        return sum;
    }

    private long term() {
        int start = position;
        long whole = whole();
        int digits = position - start;
        long fraction = 0;
        double scale = 1;
        if (position < text.length() && text.charAt(position) == '.') {
            int point = position++;
            // Digits that no longer fit are skipped, not refused.
            for (boolean fits = true; isDigit(); position++) {
                long longer = fraction * 10 + digit();
                fits &= fraction <= Long.MAX_VALUE / 10 && fraction >= 0 && Long.compareUnsigned(longer, LIMIT) <= 0;
                fraction = fits ? longer : fraction;
                scale = fits ? scale * 10 : scale;
            }
            digits += position - point - 1;
        }
        Long unit = UNITS.get(unit());
        valid &= digits > 0 && unit != null;
        if (unit == null || !valid || Long.compareUnsigned(whole, Long.divideUnsigned(LIMIT, unit)) > 0) {
            valid = false;
            return 0;
        }
        // A fraction of exactly 2^63 is negative as a long. The arithmetic is Go's, in its order.
        double part = Math.abs((double) fraction) * (unit / scale);
        return checked(whole * unit + (long) part);
    }

    private long whole() {
        long whole = 0;
        for (; isDigit(); position++) {
            valid &= Long.compareUnsigned(whole, Long.divideUnsigned(LIMIT, 10)) <= 0;
            whole = checked(whole * 10 + digit());
        }
        return whole;
    }

    private String unit() {
        int start = position;
        while (position < text.length() && text.charAt(position) != '.' && !isDigit()) {
            position++;
        }
        return text.substring(start, position);
    }

    private boolean isDigit() {
        return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
    }

    private int digit() {
        return text.charAt(position) - '0';
    }

    private long checked(long unsigned) {
        valid &= Long.compareUnsigned(unsigned, LIMIT) <= 0;
        return unsigned;
    }
}
