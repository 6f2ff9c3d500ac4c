package dev.penstock.review;

import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.Manifest;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.policy.Action;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicySet;
import dev.penstock.policy.Profiles;
import dev.penstock.rules.Credentials;
import dev.penstock.rules.Defaults;
import dev.penstock.rules.Draft;
import dev.penstock.rules.Finding;
import dev.penstock.rules.Pipeline;
import dev.penstock.rules.PipelineLabel;
import dev.penstock.rules.Rules;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reviews CronJobs by the policies of their namespaces.
 *
 * <p>Every method throws {@link WrongTypeException} where a field that is read has another JSON type than Kubernetes has
 * there. Immutable and thread-safe: a review goes by these policies from beginning to end.
 */
public final class Reviewer {
    /** What the profile is called of a pipeline that chooses none. */
    public static final String DEFAULT = Profiles.DEFAULT;

    /** What the profile is called of a pipeline that names one which no policy has. */
    public static final String UNKNOWN = Profiles.UNKNOWN;

    private final PolicySet policies;
    private final NamespaceLabels namespaces;
    private final Rules rules;

    private Reviewer(PolicySet policies, NamespaceLabels namespaces) throws InvalidPolicyException {
        this.policies = policies;
        this.namespaces = namespaces;
        this.rules = new Rules(policies);
    }

    /**
     * A reviewer by these documents and the built-in policy below them.
     *
     * @param documents no two of which have the same id
     * @param namespaces asked once a review
     * @throws InvalidPolicyException if a policy says what no rule understands
     */
    public static Reviewer of(Collection<? extends PolicyDocument> documents, NamespaceLabels namespaces)
            throws InvalidPolicyException {
        return new Reviewer(PolicySet.of(documents), namespaces);
    }

    /** The same where of a namespace only its name is known. */
    public static Reviewer of(PolicyDocument... documents) throws InvalidPolicyException {
        return of(List.of(documents), NamespaceLabels.OF_THE_NAME);
    }

    /**
     * Fills in the defaults. Denies only what must be said now, and then with all findings: what cannot be defaulted, and
     * what the API server would refuse right after, before {@link #validate} is asked.
     */
    public Verdict mutate(Review review) {
        return mutate(review, review.intent(), policy(review));
    }

    private Verdict mutate(Review review, Intent intent, EffectivePolicy policy) {
        Manifest manifest = new Manifest(review.object());
        if (!PipelineLabel.isOn(manifest.read())) {
            return nothing(review, policy);
        }
        Defaulter defaulter = new Defaulter(manifest, intent, Credentials::areIn);
        if (review.origin() instanceof Review.File) {
            defaulter.carryOver();
        }
        fillIn(defaulter, review, policy);
        Pipeline pipeline = pipeline(manifest.read(), intent, review, policy);
        boolean denied = check(pipeline, review, rules::checkEarly).stream()
                .anyMatch(finding -> finding.action() == Action.DENY);
        return denied
                ? verdict(check(pipeline, review, rules::check), review, policy)
                : Verdict.of(defaulter, manifest, policy.policies(), profile(review, policy));
    }

    /** Checks what was sent, as it is. */
    public Verdict validate(Review review) {
        return validate(review, review.intent(), policy(review));
    }

    private Verdict validate(Review review, Intent intent, EffectivePolicy policy) {
        Field cronJob = Field.of(review.object());
        if (!PipelineLabel.isOn(cronJob) && !review.replacesPipeline()) {
            return Verdict.NOTHING;
        }
        Pipeline pipeline = pipeline(cronJob, intent, review, policy);
        return verdict(
                PipelineLabel.isOn(cronJob) ? check(pipeline, review, rules::check) : rules.checkLabelRemoved(pipeline),
                review,
                policy);
    }

    /** Checks that a CronJob has the label, in a namespace that asks for it: one that is new, or that has lost it. */
    public Verdict requireLabel(Review review) {
        return requireLabel(review, policy(review));
    }

    private Verdict requireLabel(Review review, EffectivePolicy policy) {
        Field cronJob = Field.of(review.object());
        if (PipelineLabel.isOn(cronJob) || (review.replaced().isPresent() && !review.replacesPipeline())) {
            return nothing(review, policy);
        }
        Pipeline pipeline = pipeline(cronJob, review.intent(), review, policy);
        return verdict(rules.checkLabelRequired(pipeline), review, policy);
    }

    /** All in one: what {@code kubectl apply} of the manifest would come to. */
    public Verdict review(Review review) {
        EffectivePolicy policy = policy(review);
        if (PipelineLabel.isRequired(namespaces.of(review.namespace()))) {
            Verdict required = requireLabel(review, policy);
            if (!required.findings().isEmpty()) {
                return required;
            }
        }
        Intent intent = review.intent(); // of the manifest: what is filled in is none of it
        Verdict mutated = mutate(review, intent, policy);
        if (mutated.isDenied()) {
            return mutated;
        }
        Verdict validated = validate(review, intent, policy);
        return validated.isDenied() ? validated : mutated.with(validated.findings());
    }

    /** There is nothing to find: of a pipeline, or what was one, by its policies. */
    private static Verdict nothing(Review review, EffectivePolicy policy) {
        return label(review).isPresent() ? verdict(List.of(), review, policy) : Verdict.NOTHING;
    }

    private static Verdict verdict(List<Finding> findings, Review review, EffectivePolicy policy) {
        return Verdict.of(findings, policy.policies(), profile(review, policy));
    }

    private static Optional<String> profile(Review review, EffectivePolicy policy) {
        return label(review).map(name -> {
            if (Profiles.NONE.contains(name)) {
                return DEFAULT;
            }
            return policy.profiles().contains(name) ? name : UNKNOWN;
        });
    }

    /** What applies to the pipeline; to one that is no longer any, what applied to it before. */
    private EffectivePolicy policy(Review review) {
        return policies.effective(
                review.namespace(),
                namespaces.of(review.namespace()),
                label(review).orElse(""));
    }

    private static Optional<String> label(Review review) {
        return PipelineLabel.of(Field.of(review.object()))
                .asText()
                .or(() -> review.replaced().map(PipelineLabel::of).flatMap(Field::asText));
    }

    private static void fillIn(Defaulter defaulter, Review review, EffectivePolicy policy) {
        Draft draft = new Draft(defaulter, review.namespace(), policy);
        for (Defaults defaults : Rules.DEFAULTS) {
            defaults.fill(draft);
        }
        defaulter.finish();
    }

    private static List<Finding> check(Pipeline pipeline, Review review, Function<Pipeline, List<Finding>> rules) {
        List<Finding> found = rules.apply(pipeline);
        if (found.isEmpty()) {
            return found;
        }
        Function<FieldPath, String> named = Intent.named(Field.of(review.object()));
        List<Finding> findings = found.stream()
                .map(finding -> finding.from(named.apply(finding.path())))
                .toList();
        if (!review.replacesPipeline()) {
            return findings;
        }
        Field old = review.replaced().orElseThrow();
        return Ratchet.loosen(findings, rules.apply(pipeline(old, Intent.of(old), review, pipeline.policy())));
    }

    private static Pipeline pipeline(Field cronJob, Intent intent, Review review, EffectivePolicy policy) {
        return new Pipeline(cronJob, intent, review.namespace(), policy, review.now());
    }
}
