package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicySet;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One rule alone over one CronJob, or policies with what tests say of them. */
final class RuleRun {
    private static final String POD_SPEC = "spec.jobTemplate.spec.template.spec.";

    private RuleRun() {}

    /** The policy called {@code test} with this spec. */
    static PipelinePolicy policy(String spec) throws InvalidPolicyException {
        ObjectNode document =
                Yaml.object("{apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: test}}");
        document.set("spec", Yaml.tree(spec));
        return PipelinePolicy.read(document);
    }

    /** What applies by that policy. */
    static EffectivePolicy effective(String spec) throws InvalidPolicyException {
        return under(spec).policy();
    }

    /** The rules of that policy. */
    static Under under(String spec) throws InvalidPolicyException {
        PolicySet policies = PolicySet.of(List.of(policy(spec)));
        return new Under(new Rules(policies), policies.effective("ml", Map.of(), ""));
    }

    /** Rules and what applies by the same policies. */
    record Under(Rules rules, EffectivePolicy policy) {
        Pipeline pipeline(ObjectNode cronJob) {
            Field field = Field.of(cronJob);
            return new Pipeline(field, Intent.of(field), "ml", policy, Instant.parse("2026-03-01T12:00:00Z"));
        }

        List<Finding> check(ObjectNode cronJob) {
            return rules.check(pipeline(cronJob));
        }
    }

    /**
     * What a rule that denies finds.
     *
     * @param parameters as under the rule's id in a policy; another action too
     * @return {@code KIND path} of each finding, {@code early} in front of what must be said early, {@code warn} of what is a
     *     warning, the path without that of the pod's spec; {@code -} where it finds nothing
     */
    static String findings(String rule, String parameters, ObjectNode cronJob) throws InvalidPolicyException {
        return findings(rule, parameters, "{}", cronJob);
    }

    /** @param spec what else the policy says */
    static String findings(String rule, String parameters, String spec, ObjectNode cronJob)
            throws InvalidPolicyException {
        ObjectNode settings = Yaml.object("{}");
        Rules.ids().forEach(id -> settings.putObject(id).put("action", "Ignore"));
        settings.set(rule, Yaml.object("{action: Deny}").setAll(Yaml.object(parameters)));
        List<Finding> findings =
                under(Yaml.object(spec).set("rules", settings).toString()).check(cronJob);
        return findings.isEmpty() ? "-" : findings.stream().map(RuleRun::text).collect(Collectors.joining(", "));
    }

    static String path(String path) {
        return path.startsWith(POD_SPEC) ? path.substring(POD_SPEC.length()) : path;
    }

    private static String text(Finding finding) {
        return (finding.early() ? "early " : "")
                + (finding.action() == Action.DENY
                        ? ""
                        : finding.action().toString().toLowerCase(Locale.ROOT) + " ")
                + finding.kind() + " " + path(finding.path().toString());
    }
}
