package dev.penstock.policy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pattern for names, in which {@code *} stands for any text, also none. */
public record Glob(String pattern) {
    /** What is told by a pattern, and the characters of a pattern that can match one. */
    public enum Kind {
        /** Of an object of Kubernetes'. */
        NAME("[-a-z0-9.*]+", "names", "nightly-*"),
        /** Of an image. */
        TAG("[-A-Za-z0-9_.*]+", "tags", "dev-*"),
        /** Any text that does not look like a regular expression. */
        TASK("(?!\\^|.*(\\\\|\\||\\.[*+]|][*+?{])).+", "tasks", "eval-*");

        private final Pattern pattern;
        private final String many;
        private final String example;

        Kind(String pattern, String many, String example) {
            this.pattern = Pattern.compile(pattern);
            this.many = many;
            this.example = example;
        }
    }

    /** A glob a pattern of the node's; one that could match nothing of the kind is a problem there. */
    public static List<Glob> read(PolicyNode node, List<String> patterns, Kind kind) {
        String wrong = patterns.stream()
                .filter(pattern -> !kind.pattern.matcher(pattern).matches())
                .map(pattern -> "\"" + pattern + "\"")
                .collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            // As the definition of a policy says it, which names no element.
            String not = kind == Kind.NAME ? "" : ", and not " + wrong;
            node.problem("must be " + kind.many + ", in which * stands for any text, such as " + kind.example + not);
        }
        return of(patterns);
    }

    /** A glob a pattern. */
    static List<Glob> of(List<String> patterns) {
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
