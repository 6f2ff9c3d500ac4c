package dev.penstock.review;

import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.Manifest;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.policy.Action;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyFile;
import dev.penstock.rules.Defaults;
import dev.penstock.rules.Draft;
import dev.penstock.rules.Finding;
import dev.penstock.rules.Pipeline;
import dev.penstock.rules.PipelineLabel;
import dev.penstock.rules.Rules;
import java.util.List;

/**
 * Reviews CronJobs by one policy.
 *
 * <p>Every method throws {@link WrongTypeException} where a field that is read has another JSON type than Kubernetes has
 * there. Immutable and thread-safe.
 */
public final class Reviewer {
    private final EffectivePolicy policy;
    private final Rules rules;

    private Reviewer(EffectivePolicy policy) throws InvalidPolicyException {
        this.policy = policy;
        this.rules = new Rules(policy);
    }

    /** @throws InvalidPolicyException if the policy says what no rule understands */
    public static Reviewer of(PipelinePolicy policy) throws InvalidPolicyException {
        return new Reviewer(EffectivePolicy.of(policy, PolicyFile.builtIn()));
    }

    /**
     * Fills in the defaults. Denies only what must be said now, and then with all findings: what cannot be defaulted, and
     * what the API server would refuse right after, before {@link #validate} is asked.
     */
    public Verdict mutate(Review review) {
        Manifest manifest = new Manifest(review.object());
        if (!PipelineLabel.isOn(manifest.read())) {
            return Verdict.NOTHING;
        }
        Defaulter defaulter = new Defaulter(manifest, review.intent());
        fillIn(defaulter, review);
        List<Finding> findings = check(manifest.read(), defaulter.intent(), review);
        boolean denied = findings.stream().anyMatch(finding -> finding.early() && finding.action() == Action.DENY);
        return denied ? Verdict.of(findings) : Verdict.of(defaulter, manifest);
    }

    /** Checks what was sent, as it is. */
    public Verdict validate(Review review) {
        Field cronJob = Field.of(review.object());
        if (PipelineLabel.isOn(cronJob)) {
            return Verdict.of(check(cronJob, review.intent(), review));
        }
        return review.replacesPipeline()
                ? Verdict.of(rules.checkLabelRemoved(pipeline(cronJob, review.intent(), review)))
                : Verdict.NOTHING;
    }

    /** Both in one: what {@code kubectl apply} of the manifest would come to. */
    public Verdict review(Review review) {
        Verdict mutated = mutate(review);
        if (mutated.isDenied()) {
            return mutated;
        }
        Verdict validated = validate(review);
        return validated.isDenied() ? validated : mutated.with(validated.findings());
    }

    private void fillIn(Defaulter defaulter, Review review) {
        Draft draft = new Draft(defaulter, review.namespace(), policy);
        for (Defaults defaults : Rules.DEFAULTS) {
            defaults.fill(draft);
        }
        defaulter.finish();
    }

    private List<Finding> check(Field cronJob, Intent intent, Review review) {
        List<Finding> findings = rules.check(pipeline(cronJob, intent, review));
        if (findings.isEmpty() || !review.replacesPipeline()) {
            return findings;
        }
        Field old = review.replaced().orElseThrow();
        return Ratchet.loosen(findings, rules.check(pipeline(old, Intent.of(old), review)));
    }

    private Pipeline pipeline(Field cronJob, Intent intent, Review review) {
        return new Pipeline(cronJob, intent, review.namespace(), policy, review.now());
    }
}
