package dev.penstock.text;

/** What comes from outside, as a line of the log can hold it. */
public final class LogText {
    // Kubernetes' names have 253 characters at most; two of them and a user's have room.
    private static final int MAX = 600;
    // What runs containers breaks longer lines than 16 KiB, and what is quoted may need escapes.
    private static final int MAX_LINE = 8_000;

    private LogText() {}

    /**
     * The value as it is where it has nothing but letters, digits and what stands between them in names; else in quotes, with
     * quotes, backslashes and what is not printable ASCII as JSON escapes them by number. What is too long ends in {@code …}.
     */
    public static String of(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2);
        boolean plain = !value.isEmpty() && value.length() <= MAX;
        int end = Math.min(value.length(), MAX);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            plain &= isOfNames(c);
            if (c == '"' || c == '\\') {
                text.append(escaped(c));
            } else {
                append(text, c);
            }
        }
        return plain ? text.toString() : '"' + text.toString() + (end < value.length() ? "…" : "") + '"';
    }

    /** A sentence of our own that quotes others: it stays one line, with what is not printable ASCII escaped, and cut off, in the same way. */
    public static String line(String sentence) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentence.length(); i++) {
            if (text.length() >= MAX_LINE) {
                return text.append('…').toString();
            }
            append(text, sentence.charAt(i));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, char c) {
        if (c < ' ' || c > '~') {
            text.append(escaped(c));
        } else {
            text.append(c);
        }
    }

    private static String escaped(char c) {
        return String.format("\\u%04x", (int) c);
    }

    private static boolean isOfNames(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._:/@+".indexOf(c) >= 0;
    }
}
