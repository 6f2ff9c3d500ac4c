package dev.penstock.rules;

import dev.penstock.manifest.Default;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;

/** {@code restartPolicy} beside a {@code podFailurePolicy}: Kubernetes allows only {@code Never} there. */
final class RestartPolicyDefaults implements Defaults {
    private static final String[] FAILURE_POLICY = {"spec", "jobTemplate", "spec", "podFailurePolicy"};

    @Override
    public void fill(Draft draft) {
        EditableField failurePolicy = draft.cronJob().at(FAILURE_POLICY);
        // One that a policy laid there and names no longer is about to go.
        boolean goes = draft.defaulter().manifestSpeaks() && draft.intent().isOurs(failurePolicy.at("rules"));
        if (draft.policy().names(FAILURE_POLICY) || (failurePolicy.isPresent() && !goes)) {
            draft.defaulter()
                    .fill(Default.of(draft.podSpec().at("restartPolicy"), "Never", Reason.derived("podFailurePolicy"))
                            .after(failurePolicy));
        }
    }
}
