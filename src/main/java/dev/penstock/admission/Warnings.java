package dev.penstock.admission;

import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Notice;
import dev.penstock.policy.Action;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Beginning;
import dev.penstock.rules.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Warnings as kubectl shows them: each one line, at most 120 characters. */
final class Warnings {
    // Kubernetes asks for it: longer ones may be cut without notice where they add up to 4096.
    private static final int MAX = 120;
    // A line break, or another control character, would make the API server drop the whole warning.
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final Pattern RULE = Pattern.compile(" \\(rule \\w+\\)$");
    private static final String POD_SPEC = "spec.jobTemplate.spec.template.spec.";

    private Warnings() {}

    /** The notices on defaults first, then the findings that are warnings. */
    static List<String> of(Verdict verdict) {
        Set<String> lines = new LinkedHashSet<>();
        for (Notice notice : verdict.notices()) {
            lines.add(line(notice.path(), " " + notice.text()));
        }
        for (Finding finding : verdict.findings(Action.WARN)) {
            lines.add(line(finding.path(), ": " + finding.message()));
        }
        return List.copyOf(lines);
    }

    /** The field's path by names, without what every path of a pod has in front, so that the sentence has room. */
    private static String line(FieldPath path, String text) {
        String where = path.stable();
        String line = (where.startsWith(POD_SPEC) ? where.substring(POD_SPEC.length()) : where) + text;
        return shortened(line);
    }

    /** A line that is too long is cut before its rule, by which an author looks it up. */
    static String shortened(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ");
        if (line.length() <= MAX) {
            return line;
        }
        Matcher rule = RULE.matcher(line);
        String end = "…" + (rule.find() ? rule.group() : "");
        return Beginning.of(line, MAX - end.length()) + end;
    }
}
