package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.PolicyNode;
import dev.penstock.policy.Regex;
import org.jspecify.annotations.Nullable;

/** {@code name}: short enough for the Jobs that Kubernetes names after it, and like the policy's pattern. */
final class NameValidation implements EarlyValidation {
    // Kubernetes allows 63, a Job adds 11: batch/validation.
    private static final int MAX = 52;
    // What the API server appends to generateName.
    private static final int GENERATED = 5;
    // Of which: apimachinery, util/rand.
    private static final String RANDOM = "bcdfghjklmnpqrstvwxz2456789";

    private final @Nullable Regex pattern;

    NameValidation(PolicyNode parameters) {
        parameters.only("action", "pattern");
        pattern = parameters.at("pattern").pattern().orElse(null);
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field metadata = pipeline.metadata();
        String written = metadata.at("name").asText().orElse("");
        Field prefix = metadata.at("generateName");
        boolean isPrefix = written.isEmpty();
        Field name = isPrefix ? prefix : metadata.at("name");
        int max = isPrefix ? MAX - GENERATED : MAX;
        String text = name.asText().orElse("");
        if (text.length() > max) {
            findings.early().tooLong(name, "at most " + max + " characters, so that a Job can be named after it");
        } else if (pattern != null
                && !isPrefix
                && !isGenerated(written, prefix.asText().orElse(""))
                && !pattern.matches(written)) {
            findings.invalid(name, "must match " + pattern);
        }
    }

    /** Whether the API server may have made the name of the prefix. */
    private static boolean isGenerated(String name, String prefix) {
        int end = prefix.length();
        return end > 0
                && name.length() == end + GENERATED
                && name.startsWith(prefix)
                && name.chars().skip(end).allMatch(c -> RANDOM.indexOf(c) >= 0);
    }
}
