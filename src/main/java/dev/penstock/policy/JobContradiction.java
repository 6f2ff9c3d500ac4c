package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * What Kubernetes refuses of a Job beside another field of it: batch/validation, validateJobSpec and ValidateJobTemplateSpec.
 *
 * @param field of the Job's spec
 * @param value which of it
 * @param path of the other in the Job's spec, down to what is remembered by itself
 * @param beside which of the other, be it there or not
 */
record JobContradiction(String field, Predicate<JsonNode> value, List<String> path, Predicate<JsonNode> beside) {
    private static final Predicate<JsonNode> ABSENT = value -> value.isMissingNode() || value.isNull();
    private static final Predicate<JsonNode> PRESENT = ABSENT.negate();
    private static final Predicate<JsonNode> INDEXED = is("Indexed");
    private static final Predicate<JsonNode> TERMINATING = is("TerminatingOrFailed");
    private static final Predicate<JsonNode> ON_FAILURE = is("OnFailure");

    /** Each before those of which its field is the other. */
    static final List<JobContradiction> ALL = List.of(
            new JobContradiction("completionMode", INDEXED, List.of("completions"), ABSENT),
            new JobContradiction("backoffLimitPerIndex", PRESENT, List.of("completionMode"), INDEXED.negate()),
            new JobContradiction("maxFailedIndexes", PRESENT, List.of("backoffLimitPerIndex"), ABSENT),
            new JobContradiction("successPolicy", PRESENT, List.of("completionMode"), INDEXED.negate()),
            new JobContradiction(
                    "podFailurePolicy", JobContradiction::failsIndexes, List.of("backoffLimitPerIndex"), ABSENT),
            new JobContradiction("podReplacementPolicy", TERMINATING, List.of("podFailurePolicy", "rules"), PRESENT),
            new JobContradiction("podFailurePolicy", PRESENT, List.of("podReplacementPolicy"), TERMINATING),
            new JobContradiction(
                    "podFailurePolicy", PRESENT, List.of("template", "spec", "restartPolicy"), ON_FAILURE));

    private static boolean failsIndexes(JsonNode failurePolicy) {
        return failurePolicy.path("rules").findValuesAsText("action").contains("FailIndex");
    }

    private static Predicate<JsonNode> is(String text) {
        return value -> value.asText().equals(text);
    }

    String[] other() {
        return path.toArray(String[]::new);
    }

    /** The other's value in a Job's spec. */
    JsonNode otherIn(JsonNode job) {
        JsonNode value = job;
        for (String name : path) {
            value = value.path(name);
        }
        return value;
    }
}
