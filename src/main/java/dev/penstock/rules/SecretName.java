package dev.penstock.rules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The last word of a name by which a secret is called: {@code DB_PASSWORD}, {@code --api-key}.
 *
 * @param word without dashes
 * @param certain whether any value is a secret. Else only one that looks random: {@code --pad-token} and
 *     {@code IMAGE_PULL_SECRET} have values that are none
 */
record SecretName(String word, boolean certain) {
    private static final List<SecretName> ALL = List.of(
            new SecretName("password", true),
            new SecretName("passwd", true),
            new SecretName("passphrase", true),
            new SecretName("secret", false),
            new SecretName("token", false),
            new SecretName("apikey", false),
            new SecretName("accesskey", false),
            new SecretName("secretkey", false),
            new SecretName("privatekey", false),
            new SecretName("credential", false),
            new SecretName("credentials", false));

    private static final int RANDOM = 16;
    // What a boolean flag or an example has there.
    private static final List<String> NO_SECRETS =
            List.of("", "true", "false", "yes", "no", "on", "off", "none", "null", "nil");

    /** The word at the end of a name; empty where the name means no secret. */
    static Optional<SecretName> of(String name) {
        return endingAt(name, name.length());
    }

    /** The word at the end of the name that ends at a position. */
    static Optional<SecretName> endingAt(String text, int end) {
        for (SecretName name : ALL) {
            if (name.endsAt(text, end)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private boolean endsAt(String text, int end) {
        int position = end - 1;
        for (int letter = word.length() - 1; letter >= 0; letter--, position--) {
            while (letter < word.length() - 1 && position >= 0 && isDash(text.charAt(position))) {
                position--;
            }
            if (position < 0 || Character.toLowerCase(text.charAt(position)) != word.charAt(letter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDash(char c) {
        return c == '-' || c == '_';
    }

    /** Whether a value of this name is a secret itself, and does not only refer to one. */
    boolean isSecret(String value) {
        if (value.isEmpty() || "$`%<{*/-".indexOf(value.charAt(0)) >= 0 || value.startsWith("@/")) {
            // $(VAR), ${VAR}, `cat x`, %s, <password>, {{ .Values.password }}, ***, /run/secrets/password, --next,
            // @/run/x
            return false;
        }
        return certain ? !NO_SECRETS.contains(value.toLowerCase(Locale.ROOT)) : looksRandom(value);
    }

    /** Long, of letters and digits, and not like the name of an object in Kubernetes, which a UUID is not like either. */
    private static boolean looksRandom(String value) {
        boolean digits = false;
        boolean letters = false;
        boolean dashes = false;
        boolean hex = true;
        boolean lowerCase = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = Credential.isLetterOrDigit(c) && !Credential.isDigit(c);
            if (!letter && !Credential.isDigit(c) && "+/=_-.~".indexOf(c) < 0) {
                return false;
            }
            digits |= Credential.isDigit(c);
            letters |= letter;
            dashes |= c == '-';
            hex &= !letter || c <= 'f';
            lowerCase &= Credential.isDigit(c) || c == '-' || c == '.' || (c >= 'a' && c <= 'z');
        }
        boolean isName = lowerCase && dashes && !hex;
        return digits && letters && value.length() >= RANDOM && !isName;
    }

    /** Of that name, where the value is a secret itself. */
    Optional<Credential> credential(String value) {
        return isSecret(value)
                ? Optional.of(new Credential("a secret in clear", word + "=***", value))
                : Optional.empty();
    }
}
