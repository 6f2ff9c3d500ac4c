package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a text holds that looks like a credential.
 *
 * @param kind in a sentence, such as {@code an AWS access key}
 * @param masked what may be shown of it
 * @param secret what it is told from another by: of several in one text, all of them
 */
record Credential(String kind, String masked, Finding.Secret secret) {
    Credential(String kind, String masked, String secret) {
        this(kind, masked, new Finding.Secret(secret));
    }

    /** What a value holds, whatever it is called: a token, a key, a pair such as {@code password=x}. Linear in its length. */
    static Optional<Credential> in(String text) {
        List<Credential> all = List.of();
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
                all = all.isEmpty() ? new ArrayList<>() : all;
                all.add(found.get());
                i += found.get().secret.value().length();
            }
            inWord = i < text.length() && isLetterOrDigit(text.charAt(i));
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String secrets = all.stream().map(one -> one.secret.value()).collect(Collectors.joining("\n"));
        return Optional.of(new Credential(all.get(0).kind, all.get(0).masked, secrets));
    }

    /** The same as JSON. */
    String shown() {
        return TextNode.valueOf(masked).toString();
    }

    /** A sentence that may quote it, without it. */
    String hiddenIn(String sentence) {
        return secret.value()
                .lines()
                .filter(line -> !line.isEmpty())
                .reduce(sentence, (text, one) -> text.replace(one, "***"));
    }

    static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
