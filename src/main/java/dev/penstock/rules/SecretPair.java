package dev.penstock.rules;

import java.util.Optional;

/**
 * A secret and its name in one text: {@code password=x}, {@code password = "x"}, {@code "api_key": "x"}, {@code --token x},
 * {@code scheme://user:password@host}.
 */
final class SecretPair {
    // Longer ones are cut before they are judged, so that no text costs much.
    private static final int LONGEST = 128;
    private static final String ENDS = "'\",;&|)}] \t\r\n";

    private SecretPair() {}

    /** The pair whose two halves meet at a position, at {@code =}, {@code :} or a blank; empty where none do. */
    static Optional<Credential> at(String text, int position) {
        char c = text.charAt(position);
        if (c == ':' && text.startsWith("//", position + 1)) {
            return inUserInfo(text, position + 3);
        }
        boolean apart = c != ' ' && isAt(text, position - 1, " ");
        int close = apart ? position - 1 : position;
        // After a quote and a blank only JSON goes on: the shell compares there.
        int end = isQuote(text, close - 1) && !(apart && c == '=') ? close - 1 : close;
        if (c == ' ' ? !isFlag(text, end) : (apart && isCode(text, position, end)) || isCheck(text, position, end)) {
            return Optional.empty();
        }
        return SecretName.endingAt(text, end).flatMap(name -> name.credential(value(text, position + 1)));
    }

    private static boolean isFlag(String text, int end) {
        int start = end;
        while (start > 0 && end - start < LONGEST && text.charAt(start - 1) != ' ') {
            start--;
        }
        return start < end && text.charAt(start) == '-';
    }

    /** Whether, behind a name and a blank, no text in quotes follows, or one that the shell compares a variable with. */
    private static boolean isCode(String text, int position, int end) {
        return (!isQuote(text, position + 1) && !isQuote(text, position + 2))
                || isAt(text, nameStart(text, end) - 1, "$");
    }

    /** Whether it is a reference that says what holds where a variable is set or is not: <code>${NAME:?must be set}</code>. */
    private static boolean isCheck(String text, int position, int end) {
        return text.charAt(position) == ':'
                && isAt(text, position + 1, "?+")
                && text.startsWith("${", nameStart(text, end) - 2);
    }

    private static int nameStart(String text, int end) {
        int start = end;
        while (start > 0
                && end - start < LONGEST
                && (Credential.isLetterOrDigit(text.charAt(start - 1)) || isAt(text, start - 1, "_"))) {
            start--;
        }
        return start;
    }

    private static String value(String text, int from) {
        int start = from;
        while (start < Math.min(text.length(), from + 2) && (text.charAt(start) == ' ' || isQuote(text, start))) {
            start++;
        }
        int end = start;
        while (end < Math.min(text.length(), start + LONGEST) && ENDS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(start, end);
    }

    private static boolean isQuote(String text, int position) {
        return isAt(text, position, "'\"");
    }

    private static boolean isAt(String text, int position, String characters) {
        return position >= 0 && position < text.length() && characters.indexOf(text.charAt(position)) >= 0;
    }

    private static Optional<Credential> inUserInfo(String text, int from) {
        int colon = -1;
        for (int i = from; i < text.length() && "/?# \"'".indexOf(text.charAt(i)) < 0; i++) {
            char c = text.charAt(i);
            if (c == ':' && colon < 0) {
                colon = i;
            } else if (c == '@') {
                String password = colon < 0 ? "" : text.substring(colon + 1, i);
                return new SecretName("password", true).isSecret(password)
                        ? Optional.of(new Credential("a password in a URL", "://***:***@", password))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
