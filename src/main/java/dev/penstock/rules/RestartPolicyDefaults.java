package dev.penstock.rules;

import dev.penstock.manifest.Default;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Reason;

/**
 * {@code restartPolicy} beside a {@code podFailurePolicy} that the manifest has: Kubernetes allows only {@code Never} there. What is
 * beside one that is laid, the laying says.
 */
final class RestartPolicyDefaults implements Defaults {
    private static final FieldPath FAILURE_POLICY = FieldPath.JOB.member("podFailurePolicy");

    @Override
    public void fill(Draft draft) {
        EditableField failurePolicy = draft.cronJob().at(FAILURE_POLICY);
        boolean isLaid = draft.defaulter().manifestSpeaks() && draft.intent().isOurs(failurePolicy.at("rules"));
        if (failurePolicy.isPresent() && !isLaid) {
            draft.defaulter()
                    .fill(Default.of(
                                    draft.podSpec().at("restartPolicy"), "Never", Reason.derived(FAILURE_POLICY.name()))
                            .after(failurePolicy));
        }
    }
}
