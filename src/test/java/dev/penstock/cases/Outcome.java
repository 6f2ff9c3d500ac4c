package dev.penstock.cases;

import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * A verdict as lines of text: {@code allowed} or {@code denied}; {@code Deny PATH: MESSAGE} or {@code Warn PATH: MESSAGE} for
 * each finding; {@code Note PATH TEXT} for each notice; {@code Change PATH = JSON (REASON)} for each default.
 */
public record Outcome(List<String> lines) {
    static Outcome of(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict.isDenied() ? "denied" : "allowed");
        for (Finding finding : verdict.findings()) {
            lines.add(finding.action() + " " + finding.path() + ": " + finding.message());
        }
        verdict.notices().forEach(notice -> lines.add("Note " + notice.path().stable() + " " + notice.text()));
        verdict.changes()
                .forEach(change -> lines.add(
                        "Change " + change.path().stable() + " = " + change.value() + " (" + change.reason() + ")"));
        return new Outcome(lines);
    }

    /** As a file holds it. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }
}
