package dev.penstock.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A pattern for names, in which {@code *} stands for any text, also none. */
public record Glob(String pattern) {
    /** A glob a pattern. */
    public static List<Glob> of(List<String> patterns) {
        return patterns.stream().map(Glob::new).toList();
    }

    /** The patterns for a sentence. */
    public static String list(List<Glob> globs) {
        return globs.stream().map(Glob::pattern).collect(Collectors.joining(", "));
    }

    /** Whether one of them matches. */
    public static boolean anyMatches(List<Glob> globs, String name) {
        for (Glob glob : globs) { // asked of every image, so that a stream would cost
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the whole name matches. Takes at most the product of both lengths, whatever they hold. */
    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
