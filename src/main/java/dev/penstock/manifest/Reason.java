package dev.penstock.manifest;

import java.util.Optional;

/** Where a field's value came from. Its text is short, stable, and written for the pipeline's author. */
public sealed interface Reason {
    /** A policy's defaults name the value. */
    static Reason policy(String name) {
        return new Policy(name);
    }

    /** The defaults of the namespace name the value. */
    static Reason defaults(String name) {
        return new Defaults(name);
    }

    /** An annotation of the manifest names the value. */
    static Reason annotation(String key) {
        return new Annotation(key);
    }

    /** It follows from another field of the manifest. */
    static Reason derived(String from) {
        return new Derived(from);
    }

    /** It completes what the author wrote halfway: an untagged image, an {@code H} schedule. */
    static Reason completed(String raw) {
        return new Completed(raw);
    }

    /** A container that was made because the manifest has none. */
    static Reason made() {
        return Made.IT;
    }

    /** A decision of the author's that nothing else proves. */
    static Reason author() {
        return Author.IT;
    }

    /** A value that was Penstock's and that nothing names any more. */
    static Reason gone(String source) {
        return new Gone(source);
    }

    /** What was remembered in these words. */
    static Reason remembered(String words) {
        return new Remembered(words);
    }

    /** Whether this is the text of what the defaults of a policy or a namespace name. */
    static boolean isLaid(String text) {
        return text.startsWith(Policy.WORD) || text.startsWith(Defaults.WORD);
    }

    /** Whether this is the text of what somebody names: in a policy, in a namespace's defaults, or in an annotation. */
    static boolean isNamed(String text) {
        return isLaid(text) || text.startsWith(Annotation.WORD);
    }

    /** What the author wrote, of the text of a completion; empty for any other text. */
    static Optional<String> rawForm(String text) {
        return text.startsWith(Completed.WORDS)
                ? Optional.of(text.substring(Completed.WORDS.length()))
                : Optional.empty();
    }

    /** What a value follows that comes from here. */
    default String leader() {
        return toString();
    }

    record Policy(String name) implements Reason {
        private static final String WORD = "policy ";

        @Override
        public String toString() {
            return WORD + name;
        }
    }

    record Defaults(String name) implements Reason {
        private static final String WORD = "defaults ";

        @Override
        public String toString() {
            return WORD + name;
        }
    }

    record Annotation(String key) implements Reason {
        private static final String WORD = "annotation ";

        @Override
        public String toString() {
            return WORD + key;
        }
    }

    /** @param from what it follows from, such as {@code image} */
    record Derived(String from) implements Reason {
        @Override
        public String toString() {
            return "derived from " + from;
        }

        @Override
        public String leader() {
            return from;
        }
    }

    /** @param raw what the author wrote */
    record Completed(String raw) implements Reason {
        private static final String WORDS = "completed from ";

        @Override
        public String toString() {
            return WORDS + raw;
        }
    }

    record Made() implements Reason {
        private static final Made IT = new Made();

        @Override
        public String toString() {
            return "made";
        }
    }

    record Author() implements Reason {
        private static final Author IT = new Author();

        @Override
        public String toString() {
            return "author";
        }
    }

    record Remembered(String words) implements Reason {
        @Override
        public String toString() {
            return words;
        }
    }

    /** @param source where it had come from */
    record Gone(String source) implements Reason {
        @Override
        public String toString() {
            return "no longer: " + source;
        }
    }
}
