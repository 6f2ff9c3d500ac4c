package dev.penstock.rules;

import dev.penstock.policy.PolicyNode;
import java.util.function.Function;

/**
 * A kind of check, before a policy has set its parameters.
 *
 * @param id the key under {@code spec.rules}; the same spelling in messages, metrics and docs
 * @param setUp makes the check from the policy's parameters, noting what is wrong with them
 */
record Rule(String id, Function<PolicyNode, Validation> setUp) {
    /** A rule without parameters. */
    static Rule of(String id, Validation validation) {
        return new Rule(id, parameters -> {
            parameters.only("action");
            return validation;
        });
    }
}
