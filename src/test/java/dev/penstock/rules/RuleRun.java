package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyFile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

    static EffectivePolicy effective(String spec) throws InvalidPolicyException {
        return EffectivePolicy.of(policy(spec), PolicyFile.builtIn());
    }

    static Rules rules(String rules) throws InvalidPolicyException {
        return new Rules(effective("{rules: " + rules + "}"));
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
        EffectivePolicy policy =
                effective(Yaml.object(spec).set("rules", settings).toString());
        Pipeline pipeline = new Pipeline(
                Field.of(cronJob), Intent.of(Field.of(cronJob)), "ml", policy, Instant.parse("2026-03-01T12:00:00Z"));
        List<Finding> findings = new Rules(policy).check(pipeline);
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
