package dev.penstock.cron;

import java.util.ArrayList;
import java.util.List;

/**
 * The blanks between fields: what Go's {@code unicode.IsSpace} counts as one, which is neither of Java's two notions.
 */
final class Blanks {

    private Blanks() {}

    static List<String> split(String text) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isBlank(text.charAt(i))) {
                if (i > start) {
                    fields.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return fields;
    }

    static boolean isBlank(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }
}
