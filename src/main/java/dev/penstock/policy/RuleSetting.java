package dev.penstock.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a policy says of one rule, completed by what the built-in policy says of it.
 *
 * @param rule by id
 * @param policy which says it
 * @param path where the policy says it, such as {@code spec.rules.imageTag}
 * @param parameters the action among them; not to be written to
 */
public record RuleSetting(String rule, PipelinePolicy policy, String path, ObjectNode parameters) {
    /** What becomes of a finding: what the policy says, but no more than what it enforces. */
    public Action action() {
        // The rules refuse a setting without one.
        return Action.of(parameters.path("action").asText()).orElse(Action.DENY).atMost(most());
    }

    /** What a finding comes to at most. */
    public Action most() {
        return policy.enforcement();
    }

    /** Whether the policy does not enforce all that it may say, which is trying it out: nothing else gets weaker by that. */
    boolean isTriedOut() {
        return most() != Action.DENY;
    }

    /** What the policy lets pass of this rule. */
    public List<Exemption> exemptions() {
        return policy.exemptions().stream()
                .filter(exemption -> exemption.rules().contains(rule))
                .toList();
    }
}
