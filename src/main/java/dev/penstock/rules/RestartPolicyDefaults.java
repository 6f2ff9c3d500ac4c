package dev.penstock.rules;

import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;

/** {@code restartPolicy} beside a {@code podFailurePolicy}: Kubernetes allows only {@code Never} there. */
final class RestartPolicyDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        EditableField restartPolicy = draft.podSpec().at("restartPolicy");
        boolean failurePolicy = draft.cronJob()
                .at("spec", "jobTemplate", "spec", "podFailurePolicy")
                .isPresent();
        if (failurePolicy && draft.intent().leftOut(restartPolicy)) {
            restartPolicy.set("Never", Reason.derived("podFailurePolicy"));
        }
    }
}
