package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What Kubernetes refuses beside another field.
 *
 * @param field below what holds it, down to what is filled in as a whole
 * @param value which of it, beside which of the other
 * @param other likewise, be it there or not
 */
record Contradiction(List<String> field, BiPredicate<JsonNode, JsonNode> value, List<String> other) {
    private static final Predicate<JsonNode> ABSENT = value -> value.isMissingNode() || value.isNull();
    private static final Predicate<JsonNode> PRESENT = ABSENT.negate();
    private static final Predicate<JsonNode> TRUE = JsonNode::booleanValue;
    private static final Predicate<JsonNode> FALSE = BooleanNode.FALSE::equals;
    private static final Predicate<JsonNode> INDEXED = is("Indexed");
    private static final Predicate<JsonNode> TERMINATING = is("TerminatingOrFailed");
    private static final Predicate<JsonNode> ON_FAILURE = is("OnFailure");
    private static final Predicate<JsonNode> NEVER = is("Never");
    private static final long GRACE_PERIOD = 30; // core/v1 DefaultTerminationGracePeriodSeconds

    /**
     * Of a Job's spec, each before those of which its field is the other: batch/validation, validateJobSpec and
     * ValidateJobTemplateSpec.
     */
    static final List<Contradiction> OF_A_JOB = List.of(
            of("completionMode", INDEXED, "completions", ABSENT),
            of("backoffLimitPerIndex", PRESENT, "completionMode", INDEXED.negate()),
            of("maxFailedIndexes", PRESENT, "backoffLimitPerIndex", ABSENT),
            of("successPolicy", PRESENT, "completionMode", INDEXED.negate()),
            of("podFailurePolicy", Contradiction::failsIndexes, "backoffLimitPerIndex", ABSENT),
            of("podReplacementPolicy", TERMINATING, "podFailurePolicy.rules", PRESENT),
            of("podFailurePolicy", PRESENT, "podReplacementPolicy", TERMINATING),
            of("podFailurePolicy", PRESENT, "template.spec.restartPolicy", ON_FAILURE));

    /** Of a pod's spec: core/validation, validateHostUsers and ValidatePodSecurityContext. */
    static final List<Contradiction> OF_A_POD = List.of(
            of("hostUsers", FALSE, "hostNetwork", TRUE),
            of("hostUsers", FALSE, "hostPID", TRUE),
            of("hostUsers", FALSE, "hostIPC", TRUE),
            of("shareProcessNamespace", TRUE, "hostPID", TRUE));

    /** Of a container: core/validation, ValidateSecurityContext. */
    static final List<Contradiction> OF_A_CONTAINER = List.of(
            of("securityContext.allowPrivilegeEscalation", FALSE, "securityContext.privileged", TRUE),
            of(
                    "securityContext.allowPrivilegeEscalation",
                    FALSE,
                    "securityContext.capabilities.add",
                    Contradiction::isAll));

    /** Of a container, beside what its pod's spec says: core/validation, validateResizePolicy and validateSleepAction. */
    static final List<Contradiction> OF_A_CONTAINER_IN_A_POD = List.of(
            of("resizePolicy", Contradiction::restarts, "restartPolicy", NEVER),
            sleepsTooLong("lifecycle.postStart.sleep"),
            sleepsTooLong("lifecycle.preStop.sleep"));

    private static Contradiction of(String field, Predicate<JsonNode> value, String other, Predicate<JsonNode> beside) {
        return new Contradiction(names(field), (one, another) -> value.test(one) && beside.test(another), names(other));
    }

    private static Contradiction sleepsTooLong(String field) {
        return new Contradiction(
                names(field),
                (sleep, gracePeriod) -> sleep.path("seconds").asLong() > gracePeriod.asLong(GRACE_PERIOD),
                List.of("terminationGracePeriodSeconds"));
    }

    private static List<String> names(String path) {
        return List.of(path.split("\\."));
    }

    private static Predicate<JsonNode> is(String text) {
        return value -> value.asText().equals(text);
    }

    private static boolean failsIndexes(JsonNode failurePolicy) {
        return failurePolicy.path("rules").findValuesAsText("action").contains("FailIndex");
    }

    private static boolean restarts(JsonNode resizePolicy) {
        return resizePolicy.findValuesAsText("restartPolicy").contains("RestartContainer");
    }

    /** Whether it is as good as all; without CAP_ in front Kubernetes lets it pass. */
    private static boolean isAll(JsonNode capabilities) {
        for (JsonNode capability : capabilities) {
            if (capability.asText().equals("CAP_SYS_ADMIN")) {
                return true;
            }
        }
        return false;
    }

    /** The value there. */
    static JsonNode in(JsonNode holder, List<String> path) {
        JsonNode value = holder;
        for (String name : path) {
            value = value.path(name);
        }
        return value;
    }
}
