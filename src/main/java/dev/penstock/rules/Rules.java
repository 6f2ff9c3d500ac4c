package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.Action;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyNode;
import dev.penstock.policy.PolicyProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * All that is filled in and all that is checked; the checks with the parameters of one policy.
 *
 * <p>Immutable and thread-safe.
 */
public final class Rules {
    /** In the order in which one builds on another: what the manifest names, then the policy, then what follows from both. */
    public static final List<Defaults> DEFAULTS = List.of(
            new RestartPolicyDefaults(),
            new ContainersDefaults(),
            new OverlayDefaults(),
            new ImageTagDefaults(),
            new ImagePullPolicyDefaults(),
            new ArgumentsDefaults(),
            new ScheduleDefaults());

    private static final Rule LABEL_REMOVED = Rule.of("labelRemoved", new LabelRemovedValidation());

    // In the order in which an author reads a manifest.
    private static final List<Rule> OF_A_PIPELINE = List.of(
            Rule.of("profile", new ProfileValidation()),
            new Rule("name", NameValidation::new),
            new Rule("labels", LabelsValidation::new),
            new Rule("schedule", ScheduleValidation::new),
            new Rule("timeZone", TimeZoneValidation::new),
            new Rule("concurrency", ConcurrencyValidation::new),
            Rule.of("missedRuns", new MissedRunsValidation()),
            new Rule("deadline", DeadlineValidation::new),
            new Rule("retries", RetriesValidation::new),
            new Rule("restartPolicy", RestartPolicyValidation::new),
            Rule.of("containerName", new ContainerNameValidation()),
            new Rule("imageTag", ImageTagValidation::new),
            new Rule("imageRegistry", ImageRegistryValidation::new),
            Rule.of("imagePullPolicy", new ImagePullPolicyValidation()),
            new Rule("arguments", ArgumentsValidation::new),
            new Rule("resources", ResourcesValidation::new),
            Rule.of("credentials", new CredentialsValidation()));

    private record Check(String id, Action action, Validation validation) {}

    private final List<Check> ofAPipeline = new ArrayList<>();
    private final Check labelRemoved;

    /** @throws InvalidPolicyException if the policy names a rule, an action or a parameter that there is not */
    public Rules(EffectivePolicy policy) throws InvalidPolicyException {
        List<PolicyProblem> problems = new ArrayList<>();
        PolicyNode settings = settings(policy.rules(), problems);
        settings.only(ids().toArray(String[]::new));
        for (Rule rule : OF_A_PIPELINE) {
            ofAPipeline.add(setUp(rule, settings));
        }
        labelRemoved = setUp(LABEL_REMOVED, settings);
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(problems);
        }
    }

    private static PolicyNode settings(Map<String, ObjectNode> rules, List<PolicyProblem> problems) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.setAll(rules);
        return new PolicyNode("spec.rules", settings, problems);
    }

    private static Check setUp(Rule rule, PolicyNode settings) {
        PolicyNode setting = settings.at(rule.id());
        return new Check(rule.id(), setting.at("action").action(), rule.setUp().apply(setting));
    }

    /** Every rule's id, sorted. */
    public static List<String> ids() {
        List<String> ids = new ArrayList<>(OF_A_PIPELINE.stream().map(Rule::id).toList());
        ids.add(LABEL_REMOVED.id());
        Collections.sort(ids);
        return ids;
    }

    /** All findings of all rules, rule by rule; none where all is well. */
    public List<Finding> check(Pipeline pipeline) {
        List<Finding> findings = new ArrayList<>();
        ofAPipeline.forEach(check -> run(check, pipeline, findings));
        return findings;
    }

    /** What there is to say of a CronJob that was a pipeline and no longer is. */
    public List<Finding> checkLabelRemoved(Pipeline pipeline) {
        List<Finding> findings = new ArrayList<>();
        run(labelRemoved, pipeline, findings);
        return findings;
    }

    private static void run(Check check, Pipeline pipeline, List<Finding> findings) {
        if (check.action() != Action.IGNORE) {
            check.validation().check(pipeline, new Findings(check.id(), check.action(), findings));
        }
    }
}
