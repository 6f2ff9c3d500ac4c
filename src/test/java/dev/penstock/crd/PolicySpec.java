package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.penstock.policy.Action;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** What a platform team decides for the namespaces that it selects. */
record PolicySpec(
        @JsonPropertyDescription("Where the policy applies, by the namespaces' labels. Left out: in every namespace.")
        NamespaceSelector namespaceSelector,

        @JsonPropertyDescription(
                "The higher, the earlier this policy's word counts where several fill in the same; policies with the same"
                        + " priority go by name. Left out: 0.")
        Integer priority,

        @JsonPropertyDescription(
                "What each action of this policy is at most: Warn tries the policy out before it bites. Left out: Deny.")
        Action enforcement,

        @Size(max = Cel.NAME)
        @ValidationRule(value = Cel.CONTAINER_NAME, message = Cel.NO_CONTAINER_NAME)
        @JsonPropertyDescription(Words.CONTAINER_NAME)
        String containerName,

        @JsonPropertyDescription(Words.TASK) String task,

        @JsonPropertyDescription(Words.ARGUMENTS) List<String> arguments,

        @JsonPropertyDescription(Words.IMAGE) PolicyImage image,

        @JsonPropertyDescription(Words.DEFAULTS) PartialCronJob defaults,

        @Size(max = Cel.LIST)
        @JsonPropertyDescription(
                "By name, what holds in addition for pipelines whose label penstock.dev/pipeline has this value; no profile may be"
                        + " called default or true, which choose none, nor none, other or unknown, which metrics have for"
                        + " something else.")
        Map<String, PolicyProfile> profiles,

        @JsonPropertyDescription(
                "Settings of rules by the rule's id. What is not said of a rule that is named here is as in the built-in policy;"
                        + " a list is taken whole.")
        PolicyRules rules,

        @Size(max = Cel.LIST)
        @JsonPropertyDescription(
                "What this policy lets pass for a time: findings of its own are then only written into the audit log.")
        List<PolicyExemption> exemptions) {}
