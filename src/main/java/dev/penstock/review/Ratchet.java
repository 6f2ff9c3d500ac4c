package dev.penstock.review;

import dev.penstock.policy.Action;
import dev.penstock.rules.Finding;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps a policy that was made stricter from blocking a finalizer or an unrelated edit: what there was to say of the old object
 * too, in the same words, at the same place with the same value, is a warning.
 */
final class Ratchet {
    private Ratchet() {}

    static List<Finding> loosen(List<Finding> findings, List<Finding> ofTheOld) {
        // A set: a hostile manifest has thousands of findings.
        Set<Finding.Identity> old = ofTheOld.stream().map(Finding::identity).collect(Collectors.toSet());
        return findings.stream()
                .map(finding -> old.contains(finding.identity())
                        ? finding.with(finding.action().atMost(Action.WARN))
                        : finding)
                .toList();
    }
}
