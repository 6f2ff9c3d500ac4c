package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Change;
import dev.penstock.policy.Action;
import dev.penstock.rules.Finding;
import dev.penstock.text.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What another policy would find in the pipelines that are there, beside what is found now: each as it stands, as if it were
 * new.
 *
 * <p>Thread-safe.
 */
public final class PolicyPreview {
    private static final int NAMED = 5;

    private final Reviewer before;
    private final Reviewer after;
    private final Instant now;
    private final Map<String, Integer> stricter = new TreeMap<>(); // how many pipelines, by rule
    private final Map<String, Integer> weaker = new TreeMap<>();
    private final Map<String, String> denied = new TreeMap<>(); // rules, by namespace and name
    private final Map<String, Integer> filledIn = new TreeMap<>(); // otherwise than now, by field
    private final TreeSet<String> namespaces = new TreeSet<>();
    private int governed;
    private int warned;

    /**
     * @param before by the policies in force
     * @param after by those that would be
     */
    public PolicyPreview(Reviewer before, Reviewer after, Instant now) {
        this.before = before;
        this.after = after;
        this.now = now;
    }

    /**
     * Adds a pipeline that the policy governs or governed.
     *
     * @param governs whether it would
     */
    public void add(ObjectNode cronJob, String namespace, boolean governs) {
        Review review = new Review(cronJob, null, namespace, new Review.Request(""), now);
        String name = cronJob.path("metadata").path("name").asText();
        add(namespace, name, governs, before.validate(review), after.validate(review));
    }

    /**
     * The same where it is known what each comes to.
     *
     * @param was by the policies in force
     * @param becomes by those that would be
     */
    public synchronized void add(String namespace, String name, boolean governs, Verdict was, Verdict becomes) {
        if (governs) {
            governed++;
            namespaces.add(namespace);
        }
        Map<String, Action> found = strongest(was);
        Map<String, Action> finds = strongest(becomes);
        count(found, finds, stricter);
        count(finds, found, weaker);
        List<String> denying = newly(Action.DENY, found, finds);
        if (!denying.isEmpty() && !found.containsValue(Action.DENY)) {
            denied.put(namespace + "/" + name, String.join(", ", denying));
        } else if (denying.isEmpty() && !newly(Action.WARN, found, finds).isEmpty()) {
            warned++;
        }
        otherwise(was, becomes).forEach(field -> filledIn.merge(field, 1, Integer::sum));
    }

    /** The fields that would be filled in otherwise; none where one of the two denies, and fills in nothing. */
    private static Set<String> otherwise(Verdict was, Verdict becomes) {
        if (was.isDenied() || becomes.isDenied()) {
            return Set.of();
        }
        Map<String, JsonNode> before = values(was);
        Map<String, JsonNode> after = values(becomes);
        Set<String> fields = new TreeSet<>(before.keySet());
        fields.addAll(after.keySet());
        fields.removeIf(field -> Objects.equals(before.get(field), after.get(field)));
        return fields;
    }

    private static Map<String, JsonNode> values(Verdict verdict) {
        return verdict.changes().stream()
                .collect(Collectors.toMap(
                        change -> change.path().toString(), Change::value, (first, second) -> second, TreeMap::new));
    }

    /** How many it would newly deny. */
    public synchronized int denied() {
        return denied.size();
    }

    private static Map<String, Action> strongest(Verdict verdict) {
        Map<String, Action> actions = new TreeMap<>();
        for (Finding finding : verdict.findings()) {
            actions.merge(finding.rule(), finding.action(), (one, other) -> one.compareTo(other) < 0 ? other : one);
        }
        return actions;
    }

    /** Counts the rules that say more in the second than in the first. */
    private static void count(Map<String, Action> first, Map<String, Action> second, Map<String, Integer> counts) {
        second.forEach((rule, action) -> {
            if (action.compareTo(first.getOrDefault(rule, Action.IGNORE)) > 0) {
                counts.merge(rule, 1, Integer::sum);
            }
        });
    }

    private static List<String> newly(Action action, Map<String, Action> was, Map<String, Action> becomes) {
        return becomes.entrySet().stream()
                .filter(entry ->
                        entry.getValue() == action && was.getOrDefault(entry.getKey(), Action.IGNORE) != action)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What there is to say, for whoever tries the policy out. */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("governs " + Count.of(governed, "existing pipeline") + " in "
                + Count.of(namespaces.size(), "namespace"));
        if (governed == 0 && stricter.isEmpty() && weaker.isEmpty() && filledIn.isEmpty()) {
            return lines;
        }
        lines.add("as they are, it would newly deny " + denied.size() + " of them, and newly warn of " + warned);
        if (!stricter.isEmpty()) {
            lines.add("stricter for: " + by(stricter));
        }
        if (!weaker.isEmpty()) {
            lines.add("weaker for: " + by(weaker));
        }
        filledIn.forEach((field, count) -> lines.add("filled in otherwise for " + count + ": " + field));
        denied.entrySet().stream()
                .limit(NAMED)
                .forEach(entry -> lines.add(entry.getKey() + ": denied (rule " + entry.getValue() + ")"));
        return lines;
    }

    private static String by(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " by " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
