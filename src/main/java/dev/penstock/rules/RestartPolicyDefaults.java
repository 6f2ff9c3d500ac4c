package dev.penstock.rules;

import dev.penstock.manifest.Default;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Reason;

/** {@code restartPolicy} beside a {@code podFailurePolicy}: Kubernetes allows only {@code Never} there. */
final class RestartPolicyDefaults implements Defaults {
    private static final String[] FAILURE_POLICY = {"spec", "jobTemplate", "spec", "podFailurePolicy"};

    @Override
    public void fill(Draft draft) {
        Field failurePolicy = draft.cronJob().at(FAILURE_POLICY);
        if (failurePolicy.isPresent() || draft.policy().names(FAILURE_POLICY)) {
            draft.defaulter()
                    .fill(Default.of(draft.podSpec().at("restartPolicy"), "Never", Reason.derived("podFailurePolicy"))
                            .after(failurePolicy));
        }
    }
}
