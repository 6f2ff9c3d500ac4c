package dev.penstock.admission;

/** A value from outside, as a line of the log can hold it. */
final class LogText {
    // Kubernetes' names have 253 characters at most; two of them and a user's have room.
    private static final int MAX = 600;

    private LogText() {}

    /**
     * The value as it is where it has nothing but letters, digits and what stands between them in names; else in quotes, with
     * what cannot be seen, or ends a line or the quotes, as JSON escapes it by
     * number. What is too long ends in {@code …}.
     */
    static String of(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2);
        boolean plain = !value.isEmpty() && value.length() <= MAX;
        int end = Math.min(value.length(), MAX);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            plain &= isOfNames(c);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return plain ? text.toString() : '"' + text.toString() + (end < value.length() ? "…" : "") + '"';
    }

    private static boolean isOfNames(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._:/@+".indexOf(c) >= 0;
    }
}
