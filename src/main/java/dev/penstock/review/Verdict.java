package dev.penstock.review;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.Change;
import dev.penstock.policy.Action;
import dev.penstock.rules.Finding;
import dev.penstock.rules.Notice;
import java.util.List;

/**
 * The outcome of a review.
 *
 * @param findings what rules object to, with what becomes of each
 * @param notices what the author should know of the defaults
 * @param changes the defaults that were written; none where the manifest is denied
 * @param patch the same as operations of RFC 6902; empty where there are none
 */
public record Verdict(List<Finding> findings, List<Notice> notices, List<Change> changes, ArrayNode patch) {
    private static final ArrayNode NO_PATCH = JsonNodeFactory.instance.arrayNode();

    /** Nothing to say: the object is no pipeline, or all is well. */
    static final Verdict NOTHING = of(List.of());

    static Verdict of(List<Finding> findings) {
        return new Verdict(findings, List.of(), List.of(), NO_PATCH);
    }

    /** Whether the manifest is refused. */
    public boolean isDenied() {
        return findings.stream().anyMatch(finding -> finding.action() == Action.DENY);
    }

    /** The findings with this action. */
    public List<Finding> findings(Action action) {
        return findings.stream().filter(finding -> finding.action() == action).toList();
    }
}
