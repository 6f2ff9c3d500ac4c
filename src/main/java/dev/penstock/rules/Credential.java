package dev.penstock.rules;

import java.util.Optional;

/**
 * What a text holds that looks like a credential. It never holds any of the text.
 *
 * @param kind in a sentence, such as {@code an AWS access key}
 * @param masked what may be shown of it
 */
record Credential(String kind, String masked) {
    /** What a value holds, whatever it is called: a token, a key, a pair such as {@code password=x}. Linear in its length. */
    static Optional<Credential> in(String text) {
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            Optional<Credential> found = Optional.empty();
            if (c == '=' || c == ':' || c == ' ') {
                found = SecretPair.at(text, i);
            } else if (!inWord) {
                found = TokenShape.at(text, i);
            }
            if (found.isPresent()) {
                return found;
            }
            inWord = isLetterOrDigit(c);
        }
        return Optional.empty();
    }

    static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
