package dev.penstock.admission;

import dev.penstock.manifest.Change;
import dev.penstock.policy.Action;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the audit log of the API server holds of an answer. The API server puts the webhook's name and a slash in front of each
 * key, and does without a key that is then no name of an annotation.
 */
final class AuditAnnotations {
    // What Kubernetes allows its own admission policies, in bytes: apiserver, policy/validating,
    // maxAuditAnnotationValueLength.
    private static final int MAX = 10 * 1024;

    private AuditAnnotations() {}

    /**
     * The verdict always; policies, changed fields, where values came from, and findings that are audited only where there are
     * such.
     */
    static Map<String, String> of(Verdict verdict) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("verdict", Answer.word(verdict));
        put(annotations, "policies", String.join(", ", verdict.policies()));
        put(annotations, "changed", changed(verdict.changes()));
        put(annotations, "defaulted", verdict.defaulted());
        put(annotations, "findings", findings(verdict.findings(Action.AUDIT)));
        return annotations;
    }

    /** The verdict alone. */
    static Map<String, String> verdict(String word) {
        return Map.of("verdict", word);
    }

    private static String changed(List<Change> changes) {
        StringJoiner paths = new StringJoiner(", ");
        for (Change change : changes) {
            paths.add(change.path().stable()); // as the annotation that is "defaulted" has them
        }
        return paths.toString();
    }

    private static String findings(List<Finding> audited) {
        return audited.stream()
                .map(finding -> Answer.sentence(finding.path().toString(), finding.message()) + " [policy "
                        + finding.policy() + "]")
                .collect(Collectors.joining("; "));
    }

    private static void put(Map<String, String> annotations, String key, String value) {
        if (!value.isEmpty()) {
            annotations.put(key, bounded(value));
        }
    }

    /** At most as long as Kubernetes would take it; what is cut ends in an ellipsis. */
    private static String bounded(String value) {
        if (value.length() <= MAX / 3) { // no character has more bytes than three times its chars
            return value;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX) {
            return value;
        }
        int end = MAX - 3; // of the ellipsis
        while ((bytes[end] & 0xC0) == 0x80) {
            end--; // not within a character
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "…";
    }
}
