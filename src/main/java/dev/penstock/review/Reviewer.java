package dev.penstock.review;

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
import dev.penstock.rules.Notice;
import dev.penstock.rules.Pipeline;
import dev.penstock.rules.PipelineLabel;
import dev.penstock.rules.Rules;
import java.util.ArrayList;
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
        List<Notice> notices = fillIn(manifest, review);
        List<Finding> findings = check(manifest.read(), review);
        boolean denied = findings.stream().anyMatch(finding -> finding.early() && finding.action() == Action.DENY);
        return denied ? Verdict.of(findings) : new Verdict(List.of(), notices, manifest.changes(), manifest.patch());
    }

    /** Checks what was sent, as it is. */
    public Verdict validate(Review review) {
        Field cronJob = Field.of(review.object());
        if (PipelineLabel.isOn(cronJob)) {
            return Verdict.of(check(cronJob, review));
        }
        boolean wasOne =
                review.replaced().map(Field::of).filter(PipelineLabel::isOn).isPresent();
        return wasOne ? Verdict.of(rules.checkLabelRemoved(pipeline(cronJob, review))) : Verdict.NOTHING;
    }

    /** Both in one: what {@code kubectl apply} of the manifest would come to. */
    public Verdict review(Review review) {
        Verdict mutated = mutate(review);
        if (mutated.isDenied()) {
            return mutated;
        }
        Verdict validated = validate(review);
        return validated.isDenied()
                ? validated
                : new Verdict(validated.findings(), mutated.notices(), mutated.changes(), mutated.patch());
    }

    private List<Notice> fillIn(Manifest manifest, Review review) {
        List<Notice> notices = new ArrayList<>();
        Draft draft = new Draft(manifest.edit(), Intent.of(manifest.read()), review.namespace(), policy, notices);
        for (Defaults defaults : Rules.DEFAULTS) {
            defaults.fill(draft);
        }
        return notices;
    }

    private List<Finding> check(Field cronJob, Review review) {
        List<Finding> findings = rules.check(pipeline(cronJob, review));
        if (findings.isEmpty()) {
            return findings;
        }
        return review.replaced()
                .map(Field::of)
                .filter(PipelineLabel::isOn)
                .map(old -> Ratchet.loosen(findings, rules.check(pipeline(old, review))))
                .orElse(findings);
    }

    private Pipeline pipeline(Field cronJob, Review review) {
        return new Pipeline(cronJob, review.namespace(), policy, review.now());
    }
}
