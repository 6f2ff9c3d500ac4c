package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.PolicyNode;
import java.util.List;

/**
 * {@code restartPolicy}: one that Jobs may have, and that the policy allows, of the pod and of each container that has its own; one that
 * is a warning with steps.
 */
final class RestartPolicyValidation implements EarlyValidation {
    // batch/validation: ValidateJobTemplateSpec.
    private static final List<String> OF_JOBS = List.of("OnFailure", "Never");

    private final List<String> allowed;

    RestartPolicyValidation(PolicyNode parameters) {
        parameters.only("action", "allow");
        allowed = parameters.at("allow").choices(OF_JOBS);
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field restartPolicy = pipeline.podSpec().at("restartPolicy");
        String value = restartPolicy.asText().orElse("Always");
        if (!OF_JOBS.contains(value)) {
            findings.early().notSupported(restartPolicy, allowed);
        } else if (!allowed.contains(value)) {
            Field failurePolicy = pipeline.spec().at("jobTemplate", "spec", "podFailurePolicy");
            boolean needsNever = value.equals("Never") && failurePolicy.isPresent();
            findings.notSupported(
                    restartPolicy, allowed, needsNever ? "; a podFailurePolicy needs Never: leave it out" : "");
        }
        for (Field container : pipeline.containers()) {
            Field own = container.at("restartPolicy");
            boolean mayBeSidecar = container.path().parent().name().equals("initContainers");
            if (!mayBeSidecar
                    && own.asText()
                            .filter(written -> !allowed.contains(written))
                            .isPresent()) {
                findings.notSupported(own, allowed);
            }
        }
        if (value.equals("Never") && pipeline.stepContainers().size() > 1) {
            findings.warning()
                    .invalid(restartPolicy, "a step that fails starts all steps again; OnFailure tries it alone again");
        }
    }
}
