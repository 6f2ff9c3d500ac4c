package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.penstock.policy.Action;
import dev.penstock.policy.Exemption;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyNode;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.policy.PolicySet;
import dev.penstock.policy.Regexes;
import dev.penstock.policy.RuleSetting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is filled in and all that is checked; the checks with the parameters of all policies.
 *
 * <p>Immutable and thread-safe.
 */
public final class Rules {
    /** In the order in which one builds on another: what the manifest names, then the policy, then what follows from both. */
    public static final List<Defaults> DEFAULTS = List.of(
            new RestartPolicyDefaults(),
            new ContainersDefaults(),
            new OverlayDefaults(),
            new StepOrderDefaults(),
            new ImageTagDefaults(),
            new ImagePullPolicyDefaults(),
            new ArgumentsDefaults(),
            new ScheduleDefaults(),
            new UnknownKeys());

    private static final Rule LABEL_REMOVED = Rule.of("labelRemoved", new LabelRemovedValidation());

    private static final Rule LABEL_REQUIRED = Rule.of("labelRequired", new LabelRequiredValidation());

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

    private static final SortedMap<String, Rule> BY_ID = byId();

    // By identity: a setting is equal to another by all that its policy says.
    private final IdentityHashMap<RuleSetting, Check> checks = new IdentityHashMap<>();
    private final List<Rule> early; // those that have early findings

    private static SortedMap<String, Rule> byId() {
        SortedMap<String, Rule> rules = new TreeMap<>();
        OF_A_PIPELINE.forEach(rule -> rules.put(rule.id(), rule));
        rules.put(LABEL_REMOVED.id(), LABEL_REMOVED);
        rules.put(LABEL_REQUIRED.id(), LABEL_REQUIRED);
        return Collections.unmodifiableSortedMap(rules);
    }

    /**
     * A rule as a policy sets it.
     *
     * @param most what a finding comes to at most
     * @param exemptions from the rule by that policy
     */
    private record Check(Validation validation, Action action, Action most, String policy, List<Exemption> exemptions) {
        void run(Pipeline pipeline, String rule, List<Finding> findings) {
            if (action != Action.IGNORE) {
                Action becomes = isExempt(pipeline) ? most.atMost(Action.AUDIT) : most;
                validation.check(pipeline, new Findings(rule, policy, action, becomes, findings));
            }
        }

        private boolean isExempt(Pipeline pipeline) {
            return !exemptions.isEmpty() // as they mostly are
                    && exemptions.stream()
                            .anyMatch(exemption ->
                                    exemption.holds(pipeline.namespace(), pipeline.name(), pipeline.now()));
        }
    }

    /** @throws InvalidPolicyException if a policy names a rule, an action or a parameter that there is not */
    public Rules(PolicySet policies) throws InvalidPolicyException {
        List<PolicyProblem> problems = new ArrayList<>();
        IdentityHashMap<PipelinePolicy, Regexes> regexes = new IdentityHashMap<>();
        for (RuleSetting setting : policies.ruleSettings()) {
            if (problems.size() >= PolicyProblem.MOST) {
                break;
            }
            List<PolicyProblem> own = new ArrayList<>();
            setUp(setting, regexes.computeIfAbsent(setting.policy(), policy -> new Regexes()), own)
                    .ifPresent(check -> checks.put(setting, check));
            // What a profile inherits is wrong in one place only.
            own.removeIf(problem -> problems.contains(inherited(setting, problem)));
            problems.addAll(own);
        }
        policies.policies().forEach(policy -> checkExemptions(policy, problems));
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(problems);
        }
        Set<String> ids = new HashSet<>();
        checks.forEach((setting, check) -> {
            if (check.validation instanceof EarlyValidation) {
                ids.add(setting.rule());
            }
        });
        this.early =
                OF_A_PIPELINE.stream().filter(rule -> ids.contains(rule.id())).toList();
    }

    private static Optional<Check> setUp(RuleSetting setting, Regexes regexes, List<PolicyProblem> problems) {
        PolicyNode parameters = new PolicyNode(setting.path(), setting.parameters(), problems, regexes);
        Rule rule = BY_ID.get(setting.rule());
        if (rule == null) {
            parameters.problem("unknown key; known are: " + String.join(", ", ids()));
            return Optional.empty();
        }
        parameters.at("action").action();
        return Optional.of(new Check(
                rule.setUp().apply(parameters),
                setting.action(),
                setting.most(),
                setting.policy().name(),
                setting.exemptions()));
    }

    private static PolicyProblem inherited(RuleSetting setting, PolicyProblem problem) {
        String parameter = problem.path().substring(setting.path().length());
        return new PolicyProblem("spec.rules." + setting.rule() + parameter, problem.message());
    }

    private static void checkExemptions(PipelinePolicy policy, List<PolicyProblem> problems) {
        String known = "; known are: " + String.join(", ", ids());
        for (int i = 0; i < policy.exemptions().size(); i++) {
            PolicyNode rules = new PolicyNode("spec.exemptions[" + i + "].rules", MissingNode.getInstance(), problems);
            policy.exemptions().get(i).rules().stream()
                    .filter(rule -> !BY_ID.containsKey(rule))
                    .forEach(rule -> rules.problem("unknown rule " + rule + known));
        }
    }

    /** What is wrong with the rules of a document, whatever other documents say; nothing where all is well. */
    public static List<PolicyProblem> problems(PolicyDocument document) {
        try {
            new Rules(PolicySet.of(List.of(document)));
            return List.of();
        } catch (InvalidPolicyException e) {
            return e.problems();
        }
    }

    /** Every rule's id, sorted. */
    public static List<String> ids() {
        return List.copyOf(BY_ID.keySet());
    }

    /**
     * All findings of all rules, rule by rule; none where all is well.
     *
     * @param pipeline under one of the policies that these are the rules of
     */
    public List<Finding> check(Pipeline pipeline) {
        return check(OF_A_PIPELINE, pipeline);
    }

    /** Those alone that are {@linkplain Finding#early() early}. */
    public List<Finding> checkEarly(Pipeline pipeline) {
        List<Finding> findings = check(early, pipeline);
        findings.removeIf(finding -> !finding.early());
        return findings;
    }

    /** What there is to say of a CronJob that was a pipeline and no longer is. */
    public List<Finding> checkLabelRemoved(Pipeline pipeline) {
        return check(List.of(LABEL_REMOVED), pipeline);
    }

    /** What there is to say of a CronJob that is no pipeline, where each must be one. */
    public List<Finding> checkLabelRequired(Pipeline pipeline) {
        return check(List.of(LABEL_REQUIRED), pipeline);
    }

    private List<Finding> check(List<Rule> rules, Pipeline pipeline) {
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : rules) {
            check(rule, pipeline, findings);
        }
        return findings;
    }

    private void check(Rule rule, Pipeline pipeline, List<Finding> findings) {
        List<RuleSetting> settings = pipeline.policy().settings(rule.id());
        List<Finding> own = settings.size() == 1 ? findings : new ArrayList<>();
        for (RuleSetting setting : settings) {
            Objects.requireNonNull(checks.get(setting), "a policy of another set")
                    .run(pipeline, rule.id(), own);
        }
        if (settings.size() > 1) {
            findings.addAll(Finding.strongest(own));
        }
    }
}
