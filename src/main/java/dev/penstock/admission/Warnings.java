package dev.penstock.admission;

import dev.penstock.manifest.Notice;
import dev.penstock.policy.Action;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import dev.penstock.text.Beginning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Warnings as kubectl shows them: each one line, and whole as long as all of a response fit together. */
final class Warnings {
    // Where the warnings of a request have over 4096 characters together, the API server cuts each to 256, and drops
    // the last: apiserver, endpoints/filters/warning.go. Two responses share that: of /mutate, and of /validate.
    private static final int ROOM = 2000;
    private static final int LEAST = 120; // what Kubernetes asks for, and what each may have however many there are
    // A line break, or another control character, would make the API server drop the whole warning.
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final Pattern RULE = Pattern.compile(" \\(rule \\w+\\)$");

    private Warnings() {}

    /** The notices on defaults first, then the findings that are warnings. */
    static List<String> of(Verdict verdict) {
        Set<String> lines = new LinkedHashSet<>();
        for (Notice notice : verdict.notices()) {
            lines.add(notice.path().brief() + " " + notice.text());
        }
        for (Finding finding : verdict.findings(Action.WARN)) {
            lines.add(finding.path().brief() + ": " + finding.message());
        }
        return shortened(lines);
    }

    /** The lines of a response as they may be sent; where they are too long together, those that take more than their share are cut. */
    static List<String> shortened(Collection<String> texts) {
        List<String> lines = texts.stream()
                .limit(Answer.MOST)
                .map(text -> CONTROL.matcher(text).replaceAll(" "))
                .collect(Collectors.toCollection(ArrayList::new));
        if (texts.size() > Answer.MOST) {
            lines.add(Answer.more(texts.size() - Answer.MOST));
        }
        if (lines.stream().mapToInt(String::length).sum() <= ROOM) {
            return lines;
        }
        int share = Math.max(LEAST, ROOM / lines.size());
        return lines.stream().map(line -> shortened(line, share)).toList();
    }

    /** A line that is too long is cut before its rule, by which an author looks it up. */
    private static String shortened(String line, int most) {
        if (line.length() <= most) {
            return line;
        }
        Matcher rule = RULE.matcher(line);
        String end = "…" + (rule.find() ? rule.group() : "");
        return Beginning.of(line, most - end.length()) + end;
    }
}
