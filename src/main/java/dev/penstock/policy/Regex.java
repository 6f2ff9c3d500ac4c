package dev.penstock.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * A regular expression in RE2's syntax, as Go's, which matches the whole of a value.
 *
 * <p>RE2 and not the JDK's: the values are an author's, and for {@code (a+)+b} the JDK takes time that doubles with each
 * character, so that a label of 63 would do. RE2 takes time linear in the value, and has neither look-around nor back
 * references.
 *
 * <p>It writes repeats out, and what it makes of {@code ((a{1000}){1000}){1000}} fits in no memory: what would be too long or
 * too deep is refused before that.
 */
public final class Regex {
    // Some thousand names, one beside the other, and ten times the longest single repeat that RE2 takes.
    private static final int LONGEST = 10_000;

    // RE2J calls itself for each level.
    private static final int DEEPEST = 100;

    private static final String KIND = "\\\\[pP](?:\\{\\^?\\w*\\}|.)|\\\\[dDsSwW]";

    private static final String CHARACTER = "(?:\\\\x\\{[0-9A-Fa-f]*\\}|\\\\.|[^\\\\\\]])";

    // In RE2's order: the bracket of [a-[:b] ends a range, and begins no name.
    private static final String CLASS = "\\[\\^?(?:\\](?:-" + CHARACTER + ")?)?(?:\\[:\\^?\\w+:\\]|" + KIND + "|"
            + CHARACTER + "(?:-" + CHARACTER + ")?)*\\]";

    // What is quoted, flags, what matches one character, or a repeat with how often at most: RE2 takes no longer count.
    private static final Pattern PIECE = Pattern.compile("(?s)\\\\Q(.*?)(?:\\\\E|$)|\\(\\?[a-zA-Z-]*\\)|" + KIND + "|"
            + CLASS + "|\\{(?:\\d+,)?(\\d{1,4}),?\\}|" + CHARACTER + "|.");

    // What comes after them repeats what is before them, as it does past flags and past what quotes nothing.
    private static final Set<String> REPEATED_PAST = Set.of("*", "+", "?");

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws InvalidRegexException if the text is none */
    static Regex of(String text) throws InvalidRegexException {
        length(text);
        try {
            return new Regex(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new InvalidRegexException(e.getDescription() + ": " + e.getPattern());
        }
    }

    /**
     * How long the text is with its repeats written out.
     *
     * @throws InvalidRegexException if that is too long or too deep for an expression
     */
    static long length(String text) throws InvalidRegexException {
        Deque<Long> groups = new ArrayDeque<>();
        long length = 0; // of the innermost group so far
        long last = 0; // of what a repeat would repeat
        Matcher pieces = PIECE.matcher(text);
        while (pieces.find()) {
            String piece = pieces.group();
            String quoted = pieces.group(1);
            String times = pieces.group(2);
            if (piece.equals("[")) { // of each, its end would be looked for all through the text
                throw new InvalidRegexException("missing closing ]: " + text.substring(pieces.start()));
            } else if (times != null) {
                long more = last * (Math.max(1, Integer.parseInt(times)) - 1);
                length += more;
                last += more;
            } else if (piece.equals("(")) {
                groups.push(length);
                length = 0;
            } else if (piece.equals(")") && !groups.isEmpty()) {
                last = length + 1;
                length = groups.pop() + last;
            } else if (!REPEATED_PAST.contains(piece) && !piece.startsWith("(?") && !"".equals(quoted)) {
                last = 1;
                length += quoted == null ? last : quoted.length();
            }
            if (length > LONGEST) {
                throw new InvalidRegexException(
                        "with its repeats written out it is longer than " + LONGEST + " characters: shorten it");
            }
            if (groups.size() > DEEPEST) {
                throw new InvalidRegexException("its groups are nested more than " + DEEPEST + " deep: flatten it");
            }
        }
        return length;
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
