package dev.penstock.cron;

import java.util.OptionalLong;

/** One of the five fields of a schedule, in the order in which they are written. */
public enum CronField {
    MINUTE("minute", 0, 59, "", "the full hour is 0"),
    HOUR("hour", 0, 23, "", "midnight is 0"),
    DAY_OF_MONTH("day of month", 1, 31, "", ""),
    MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec", ""),
    DAY_OF_WEEK("day of week", 0, 6, "sun mon tue wed thu fri sat", "Sunday is 0");

    private final String label;
    private final int min;
    private final int max;
    /** The names of the values from {@link #min} on, each of three letters and a blank. */
    private final String names;

    private final String oneTooMany;

    CronField(String label, int min, int max, String names, String oneTooMany) {
        this.label = label;
        this.min = min;
        this.max = max;
        this.names = names;
        this.oneTooMany = oneTooMany;
    }

    /** The field's name in a sentence, such as {@code day of month}. */
    public String label() {
        return label;
    }

    /** The smallest value. */
    public int min() {
        return min;
    }

    /** The largest value. */
    public int max() {
        return max;
    }

    /** A value, from a text without blanks: a number, in range or not, or a name. Empty when it is neither, or negative. */
    OptionalLong value(String text) {
        int name = text.length() == 3 ? names.indexOf(lowerCase(text)) : -1;
        return name >= 0 ? OptionalLong.of(min + name / 4) : GoInteger.notNegative(text);
    }

    /** What is wrong with a text that is no {@link #value}. */
    String unreadable(String text) {
        if (text.isEmpty()) {
            return label + " lacks a number";
        }
        String quoted = label + " " + Quote.of(text);
        if (text.equals("h") || text.startsWith("h(")) {
            return quoted + " is not a number; H is upper case";
        }
        if (isQuartz(text)) {
            return quoted + " is not a number; L, W and # are Quartz's, Kubernetes does not have them";
        }
        if (text.length() > 3 && names.contains(lowerCase(text.substring(0, 3)))) {
            return quoted + " is not a name; names have three letters: " + text.substring(0, 3);
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return quoted + " is far too large";
        }
        return quoted
                + (names.isEmpty()
                        ? " is not a number"
                        : " is neither a number nor a name such as " + names.substring(4, 7));
    }

    /** Whether it is such as {@code MON#1}, {@code FRIL}, {@code 15W} or {@code LW}. */
    private boolean isQuartz(String text) {
        String before = text.replaceFirst("L?W?$", "");
        boolean hasLetters = before.length() < text.length()
                && (before.isEmpty() || value(before).isPresent());
        return hasLetters || text.indexOf('#') >= 0;
    }

    /** What is wrong with a range of values, or an empty text. */
    String outOfRange(long first, long last) {
        long above = first > max ? first : last;
        if (above > max) {
            return label + " " + above + " is above " + max
                    + (above == max + 1L && !oneTooMany.isEmpty() ? "; " + oneTooMany : "");
        }
        if (first < min) {
            return label + " " + first + " is below " + min;
        }
        return "";
    }

    /** Lower case character by character, as Go does it: {@code FRİ} with a dotted capital is Friday to Kubernetes. */
    private static String lowerCase(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            letters[i] = Character.toLowerCase(letters[i]);
        }
        return new String(letters);
    }
}
