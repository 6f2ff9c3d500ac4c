package dev.penstock.review;

import dev.penstock.policy.Action;
import dev.penstock.rules.Finding;
import java.util.List;

/**
 * Keeps a policy that was made stricter from blocking a finalizer or an unrelated edit: what the old object had too, at the
 * same place with the same value, is a warning.
 */
final class Ratchet {
    private Ratchet() {}

    static List<Finding> loosen(List<Finding> findings, List<Finding> ofTheOld) {
        return findings.stream()
                .map(finding -> ofTheOld.stream().anyMatch(finding::isSameAs)
                        ? finding.with(finding.action().atMost(Action.WARN))
                        : finding)
                .toList();
    }
}
