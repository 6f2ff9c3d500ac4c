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

    private final @Nullable Regex pattern;

    NameValidation(PolicyNode parameters) {
        parameters.only("action", "pattern");
        pattern = parameters.at("pattern").pattern().orElse(null);
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field metadata = pipeline.metadata();
        String written = metadata.at("name").asText().orElse("");
        boolean generated = written.isEmpty();
        Field name = metadata.at(generated ? "generateName" : "name");
        int max = generated ? MAX - GENERATED : MAX;
        String text = name.asText().orElse("");
        if (text.length() > max) {
            findings.early().tooLong(name, "at most " + max + " characters, so that a Job can be named after it");
        } else if (pattern != null && !generated && !pattern.matches(written)) {
            findings.invalid(name, "must match " + pattern);
        }
    }
}
