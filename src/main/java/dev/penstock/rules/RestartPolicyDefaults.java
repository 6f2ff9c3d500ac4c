package dev.penstock.rules;

import dev.penstock.manifest.Default;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Reason;
import java.util.Optional;

/** {@code restartPolicy} beside a {@code podFailurePolicy}: Kubernetes allows only {@code Never} there. */
final class RestartPolicyDefaults implements Defaults {
    private static final FieldPath FAILURE_POLICY = FieldPath.JOB.member("podFailurePolicy");

    @Override
    public void fill(Draft draft) {
        EditableField failurePolicy = draft.cronJob().at(FAILURE_POLICY);
        // Beside this of the author's Kubernetes refuses one, and none is laid.
        EditableField replacement = draft.cronJob().at(FieldPath.JOB).at("podReplacementPolicy");
        boolean isRefused = replacement.asText().equals(Optional.of("TerminatingOrFailed"))
                && draft.defaulter().isAuthors(replacement);
        boolean comes = !isRefused && draft.policy().names(FAILURE_POLICY);
        // One that a policy laid there and names no longer is about to go.
        boolean goes = draft.defaulter().manifestSpeaks() && draft.intent().isOurs(failurePolicy.at("rules"));
        if (comes || (failurePolicy.isPresent() && !goes)) {
            draft.defaulter()
                    .fill(Default.of(
                                    draft.podSpec().at("restartPolicy"), "Never", Reason.derived(FAILURE_POLICY.name()))
                            .after(failurePolicy));
        }
    }
}
