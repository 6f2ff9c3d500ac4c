package dev.penstock.review;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.Change;
import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.Manifest;
import dev.penstock.manifest.Notice;
import dev.penstock.policy.Action;
import dev.penstock.rules.Finding;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a review.
 *
 * @param findings what rules object to, with what becomes of each
 * @param notices what the author should know of the defaults
 * @param changes the defaults that were written; none where the manifest is denied
 * @param patch what makes the object of what was sent, as operations of RFC 6902; empty where it is as it was sent
 * @param defaulted where each value that was filled in came from, now or before, as the object remembers it; empty where
 *     nothing was
 * @param policies the names of those that the review went by, the first word first, the built-in policy's last; none where
 *     there was no pipeline to review
 * @param profile that the pipeline chooses, or chose before it was none: {@link Reviewer#DEFAULT} where it chooses none,
 *     {@link Reviewer#UNKNOWN} where nobody knows it; empty where the CronJob is and was no pipeline
 */
public record Verdict(
        List<Finding> findings,
        List<Notice> notices,
        List<Change> changes,
        ArrayNode patch,
        String defaulted,
        List<String> policies,
        Optional<String> profile) {
    private static final ArrayNode NO_PATCH = JsonNodeFactory.instance.arrayNode();

    /** Nothing was reviewed: the object is and was no pipeline. */
    public static final Verdict NOTHING = of(List.of(), List.of(), Optional.empty());

    static Verdict of(List<Finding> findings, List<String> policies, Optional<String> profile) {
        return new Verdict(findings, List.of(), List.of(), NO_PATCH, "", policies, profile);
    }

    static Verdict of(Defaulter defaulter, Manifest manifest, List<String> policies, Optional<String> profile) {
        return new Verdict(
                List.of(),
                defaulter.notices(),
                manifest.changes(),
                manifest.patch(),
                defaulter.remembered(),
                policies,
                profile);
    }

    /** The same defaults with these findings. */
    Verdict with(List<Finding> other) {
        return new Verdict(other, notices, changes, patch, defaulted, policies, profile);
    }

    /** Whether the manifest is refused. */
    public boolean isDenied() {
        return has(Action.DENY);
    }

    /** Whether a finding has this action. */
    public boolean has(Action action) {
        for (Finding finding : findings) { // mostly none, and asked several times a review
            if (finding.action() == action) {
                return true;
            }
        }
        return false;
    }

    /** The findings with this action. */
    public List<Finding> findings(Action action) {
        return has(action)
                ? findings.stream()
                        .filter(finding -> finding.action() == action)
                        .toList()
                : List.of();
    }
}
