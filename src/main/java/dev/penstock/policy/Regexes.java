package dev.penstock.policy;

import dev.penstock.policy.Regex.InvalidRegexException;
import java.util.HashMap;
import java.util.Map;

/**
 * The regular expressions of one policy: each is compiled once, however many profiles take it over, and all together have a
 * bound, because the policy may be anybody's and as long as a request.
 */
public final class Regexes {
    // Ten of the longest: some MiB, and less than a tenth of a second.
    private static final int LONGEST = 100_000;

    private final Map<String, Regex> compiled = new HashMap<>();
    private long length;

    /**
     * The expression, which counts by its length when it is new, and as one character whenever it is asked for.
     *
     * @throws InvalidRegexException if the text is none, or too much with those before it
     */
    Regex of(String text) throws InvalidRegexException {
        Regex known = compiled.get(text);
        length += 1 + (known == null ? Regex.length(text) : 0);
        if (length > LONGEST) {
            throw new InvalidRegexException(
                    "with those before it in this policy, their repeats written out, it is longer than " + LONGEST
                            + " characters: shorten them");
        }
        Regex regex = known == null ? Regex.of(text) : known;
        compiled.put(text, regex);
        return regex;
    }
}
