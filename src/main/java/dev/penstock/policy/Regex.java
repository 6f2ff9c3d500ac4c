package dev.penstock.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression in RE2's syntax, as Go's, which matches the whole of a value.
 *
 * <p>RE2 and not the JDK's: the values are an author's, and for {@code (a+)+b} the JDK takes time that doubles with each
 * character, so that a label of 63 would do. RE2 takes time linear in the value, and has neither look-around nor back
 * references.
 */
public final class Regex {
    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws InvalidRegexException if the text is none */
    static Regex of(String text) throws InvalidRegexException {
        try {
            return new Regex(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new InvalidRegexException(e.getDescription() + ": " + e.getPattern());
        }
    }

    /** Whether the whole value matches. */
    public boolean matches(String value) {
        return pattern.matches(value);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** A text is no regular expression. */
    static final class InvalidRegexException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidRegexException(String message) {
            super(message);
        }
    }
}
