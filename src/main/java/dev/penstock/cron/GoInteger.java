package dev.penstock.cron;

import java.util.OptionalLong;

/**
 * Reads a number as Go's {@code strconv.Atoi} does: ASCII digits in any number, with or without a sign, of 64 bits in
 * value.
 */
final class GoInteger {

    private GoInteger() {}

    /** The number; empty when Go refuses the text, or when it is below zero, which {@code -0} is not. */
    static OptionalLong notNegative(String text) {
        boolean negative = text.startsWith("-");
        int start = negative || text.startsWith("+") ? 1 : 0;
        if (start == text.length()) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = start; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
                return OptionalLong.empty();
            }
            number = number * 10 + digit;
        }
        return negative && number != 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
