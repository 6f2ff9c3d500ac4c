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
            // By the value alone: what was denied before must be told from what is denied now.
            boolean isNever = value.equals("Never");
            findings.notSupported(
                    restartPolicy, allowed, isNever ? "; leave out a podFailurePolicy, which needs Never" : "");
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
