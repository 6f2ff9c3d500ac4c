package dev.penstock.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.PolicyDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a pipeline.
 *
 * @param manager who does it
 * @param manifest all of it, or the part that is set
 * @param documents that apply from now on; null where they stay
 */
record Step(
        Verb verb,
        String manager,
        ObjectNode manifest,
        @Nullable List<PolicyDocument> documents) {
    enum Verb {
        POLICY,
        PUT,
        CLIENT_APPLY,
        KUBECTL_APPLY,
        SERVER_APPLY,
        EDIT,
        REMOVE
    }

    @Override
    public String toString() {
        return documents == null ? verb + " by " + manager + ": " + manifest : verb + " " + documents;
    }
}
