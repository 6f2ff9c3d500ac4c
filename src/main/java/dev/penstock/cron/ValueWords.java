package dev.penstock.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The values of a field in words, no two sets alike.
 *
 * @param values a bit for each, at least one
 */
record ValueWords(long values) {
    // As many as are read at a glance; of more that are equally far apart, a step tells what they are.
    private static final int MOST_LISTED = 4;
    // Two in a row are no range: "1 and 2", "1 to 3".
    private static final int SHORTEST_RANGE = 3;

    int count() {
        return Long.bitCount(values);
    }

    int first() {
        return Long.numberOfTrailingZeros(values);
    }

    int last() {
        return 63 - Long.numberOfLeadingZeros(values);
    }

    /** How far each is from the one before; 0 where that differs, or where there is one only. */
    int step() {
        int step = count() > 1 ? (last() - first()) / (count() - 1) : 0;
        for (int value = first(); step > 0 && value < last(); value += step) {
            step = (values >>> (value + step) & 1) == 1 ? step : 0;
        }
        return step;
    }

    /** Whether the step tells them shorter than a list. */
    boolean isProgression() {
        return count() > MOST_LISTED && step() > 0;
    }

    /** Such as {@code day 1}, {@code days 1 to 5 and 15} or {@code every 2nd day from 1 to 31}. */
    String numbered(String thing) {
        String things = count() > 1 ? thing + "s " : thing + " ";
        return isStepped() ? stepped(thing, Integer::toString) : things + list(Integer::toString);
    }

    /** Such as {@code January to March} or {@code every 2nd month from January to November}. */
    String named(String thing, IntFunction<String> name) {
        return isStepped() ? stepped(thing, name) : list(name);
    }

    private boolean isStepped() {
        return isProgression() && step() > 1;
    }

    private String stepped(String thing, IntFunction<String> name) {
        return "every %s %s from %s to %s".formatted(ordinal(step()), thing, name.apply(first()), name.apply(last()));
    }

    /** Each, or from where to where they stand in a row. */
    String list(IntFunction<String> name) {
        List<String> items = new ArrayList<>();
        for (long rest = values; rest != 0; ) {
            int first = Long.numberOfTrailingZeros(rest);
            int inARow = Long.numberOfTrailingZeros(~(rest >>> first));
            if (inARow < SHORTEST_RANGE) {
                items.add(name.apply(first));
                rest &= rest - 1;
            } else {
                items.add(name.apply(first) + " to " + name.apply(first + inARow - 1));
                rest &= -1L << (first + inARow);
            }
        }
        return joined(items);
    }

    /** Such as {@code a, b and c}. */
    static String joined(List<String> items) {
        int last = items.size() - 1;
        return last < 1 ? items.get(0) : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    private static String ordinal(int number) {
        String ending = number / 10 == 1
                ? "th"
                : switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number + ending;
    }
}
