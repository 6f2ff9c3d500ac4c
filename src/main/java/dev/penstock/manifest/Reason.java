package dev.penstock.manifest;

/** Where a default came from. Its text is short, stable, and written for the pipeline's author. */
public sealed interface Reason {
    /** A policy's defaults name the value. */
    static Reason policy(String name) {
        return new Policy(name);
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

    record Policy(String name) implements Reason {
        @Override
        public String toString() {
            return "policy " + name;
        }
    }

    record Annotation(String key) implements Reason {
        @Override
        public String toString() {
            return "annotation " + key;
        }
    }

    /** @param from what it follows from, such as {@code image} */
    record Derived(String from) implements Reason {
        @Override
        public String toString() {
            return "derived from " + from;
        }
    }

    /** @param raw what the author wrote */
    record Completed(String raw) implements Reason {
        @Override
        public String toString() {
            return "completed from " + raw;
        }
    }
}
