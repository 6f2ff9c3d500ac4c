package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.PolicyNode;
import dev.penstock.policy.Regex;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code name}: short enough for the Jobs that Kubernetes names after it, and like the policy's pattern; where the Job is
 * Indexed, a host can be named after it, too.
 */
final class NameValidation implements EarlyValidation {
    // Kubernetes allows 63, a Job adds 11: batch/validation.
    private static final int MAX = 52;
    // A host's name has 63; a run adds the minutes since 1970, 8 digits until 2160: cronjob, getJobName.
    private static final int MAX_BEFORE_INDEX = 63 - "-29934998-".length();
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
            return;
        }
        checkHosts(name, isPrefix ? GENERATED : 0, pipeline.job(), findings);
        if (pattern != null
                && !isPrefix
                && !isGenerated(written, prefix.asText().orElse(""))
                && !pattern.matches(written)) {
            findings.invalid(name, "must match " + pattern);
        }
    }

    /** Kubernetes refuses a Job whose last pod could not be a host called after it and the index: batch/validation, ValidateJob. */
    private static void checkHosts(Field name, int generated, Field job, Findings findings) {
        if (!job.at("completionMode").asText().equals(Optional.of("Indexed"))) {
            return;
        }
        long last = job.at("completions").asLong().orElse(0L) - 1;
        if (last < 0) { // no pod at all, or nothing that the API server lets pass
            return;
        }
        String text = name.asText().orElse("");
        int max = MAX_BEFORE_INDEX - String.valueOf(last).length() - generated;
        if (text.indexOf('.') >= 0) {
            findings.invalid(name, "must be without a dot, so that pods of an Indexed Job can be named after it");
        }
        if (text.length() > max) {
            findings.tooLong(
                    name,
                    "at most " + max + " characters, so that pods with an index up to " + last
                            + " can be named after it");
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
