package dev.penstock.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a kind of token looks like: how it begins, and how much follows at the least.
 *
 * <p>Sources: the issuers' documentation, and the patterns of gitleaks. Short on purpose: what begins like this is nothing
 * else.
 *
 * @param kind in a sentence
 * @param prefix how it begins
 * @param length of what follows
 * @param signs what may follow besides letters and digits
 */
record TokenShape(String kind, String prefix, int length, String signs) {
    private static final String DASHES = "-_";
    private static final String TOKEN_SIGNS = "-_.";

    private static final List<TokenShape> ALL = List.of(
            new TokenShape("a GitHub token", "ghp_", 36, ""),
            new TokenShape("a GitHub token", "gho_", 36, ""),
            new TokenShape("a GitHub token", "ghu_", 36, ""),
            new TokenShape("a GitHub token", "ghs_", 36, ""),
            new TokenShape("a GitHub token", "ghr_", 36, ""),
            new TokenShape("a GitHub token", "github_pat_", 40, "_"),
            new TokenShape("a GitLab token", "glpat-", 20, DASHES),
            new TokenShape("a GitLab token", "gldt-", 20, DASHES),
            new TokenShape("a GitLab token", "glrt-", 20, DASHES),
            new TokenShape("a Slack token", "xoxb-", 10, "-"),
            new TokenShape("a Slack token", "xoxp-", 10, "-"),
            new TokenShape("a Slack token", "xoxa-", 10, "-"),
            new TokenShape("a Slack token", "xoxr-", 10, "-"),
            new TokenShape("a Slack token", "xoxs-", 10, "-"),
            new TokenShape("a Slack token", "xapp-", 10, "-"),
            new TokenShape("a Google API key", "AIza", 35, DASHES),
            new TokenShape("a Google access token", "ya29.", 20, DASHES),
            new TokenShape("a Hugging Face token", "hf_", 30, ""));

    private static final List<String> AWS_KEYS = List.of("AKIA", "ASIA");
    private static final int AWS_KEY_LENGTH = 16;

    private static final String PRIVATE_KEY_BEGINS = "-----BEGIN ";
    private static final String PRIVATE_KEY = "PRIVATE KEY-----";
    // RSA, OPENSSH, ENCRYPTED.
    private static final int LONGEST_KEY_KIND = 24;

    // A JSON object in base64: the header of a JSON Web Token, and its payload.
    private static final String JWT_PART = "eyJ";
    private static final int JWT_SIGNATURE_LENGTH = 10;

    /** The token that begins at a position where a word does; empty where none does. */
    static Optional<Credential> at(String text, int start) {
        return switch (text.charAt(start)) {
            case '-' ->
                found(isPrivateKey(text, start), "a private key", PRIVATE_KEY_BEGINS, () -> text.substring(start));
            case 'e' -> found(isJwt(text, start), "a JSON Web Token", JWT_PART, () -> token(text, start));
            case 'A' ->
                found(isAwsKey(text, start), "an AWS access key", AWS_KEYS.get(0), () -> token(text, start))
                        .or(() -> known(text, start));
            case 'g', 'x', 'y', 'h' -> known(text, start);
            default -> Optional.empty();
        };
    }

    private static Optional<Credential> found(boolean found, String kind, String prefix, Supplier<String> secret) {
        return found ? Optional.of(new Credential(kind, prefix + "***", secret.get())) : Optional.empty();
    }

    /** All of the token that begins there. */
    private static String token(String text, int start) {
        return text.substring(start, end(text, start, text.length(), TOKEN_SIGNS));
    }

    private static Optional<Credential> known(String text, int start) {
        for (TokenShape shape : ALL) {
            if (text.startsWith(shape.prefix, start) && shape.reaches(text, start + shape.prefix.length())) {
                return found(true, shape.kind, shape.prefix, () -> token(text, start));
            }
        }
        return Optional.empty();
    }

    private boolean reaches(String text, int from) {
        return end(text, from, from + length, signs) == from + length;
    }

    private static boolean isAwsKey(String text, int start) {
        int from = start + AWS_KEYS.get(0).length();
        int end = from + AWS_KEY_LENGTH;
        if (AWS_KEYS.stream().noneMatch(prefix -> text.startsWith(prefix, start)) || end > text.length()) {
            return false;
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (!((c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'))) { // base32
                return false;
            }
        }
        return end == text.length() || !Credential.isLetterOrDigit(text.charAt(end));
    }

    private static boolean isPrivateKey(String text, int start) {
        if (!text.startsWith(PRIVATE_KEY_BEGINS, start)) {
            return false;
        }
        int from = start + PRIVATE_KEY_BEGINS.length();
        return text.substring(from, Math.min(text.length(), from + LONGEST_KEY_KIND + PRIVATE_KEY.length()))
                .contains(PRIVATE_KEY);
    }

    private static boolean isJwt(String text, int start) {
        // Not within another base64 text, so that each is read once.
        if (!text.startsWith(JWT_PART, start) || (start > 0 && "-_.".indexOf(text.charAt(start - 1)) >= 0)) {
            return false;
        }
        int header = end(text, start, text.length(), DASHES);
        if (!text.startsWith("." + JWT_PART, header)) {
            return false;
        }
        int payload = end(text, header + 1, text.length(), DASHES);
        int signature = payload + 1;
        return text.startsWith(".", payload)
                && end(text, signature, signature + JWT_SIGNATURE_LENGTH, DASHES) == signature + JWT_SIGNATURE_LENGTH;
    }

    /** Where the letters, digits and signs from a position end, at the latest at a limit. */
    private static int end(String text, int from, int limit, String signs) {
        int end = from;
        while (end < Math.min(limit, text.length())
                && (Credential.isLetterOrDigit(text.charAt(end)) || signs.indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }
}
