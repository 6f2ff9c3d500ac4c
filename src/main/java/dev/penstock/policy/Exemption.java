package dev.penstock.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a policy lets pass for a time: its own findings of these rules are audited only, where namespace and name match.
 *
 * @param namespaces that it holds for; none stands for every one
 * @param names of pipelines; none stands for every one
 * @param rules by id, at least one
 * @param reason for those who read the policy
 * @param expires the last day on which it holds, in UTC; null where it holds for ever
 */
public record Exemption(
        List<Glob> namespaces,
        List<Glob> names,
        List<String> rules,
        String reason,
        @Nullable LocalDate expires) {
    // The custom resource definition has the same: LocalDate alone takes years of up to nine digits, with a sign.
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** Whether it holds for the pipeline. */
    public boolean holds(String namespace, String name, Instant now) {
        return !isExpired(now) && isFor(namespace) && matches(names, name);
    }

    /** Whether it holds for some pipeline of the namespace, as long as it does. */
    public boolean isFor(String namespace) {
        return matches(namespaces, namespace);
    }

    /** Whether its last day is over. */
    public boolean isExpired(Instant now) {
        return expires != null && now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(expires);
    }

    private static boolean matches(List<Glob> globs, String text) {
        return globs.isEmpty() || Glob.anyMatches(globs, text);
    }

    static Exemption read(PolicyNode exemption) {
        exemption.only("namespaces", "names", "rules", "reason", "expires");
        List<String> rules = exemption.at("rules").texts(List.of());
        if (rules.isEmpty()) {
            exemption.at("rules").problem("must list the rules that are let pass");
        }
        if (exemption.at("reason").requiredText().isBlank()) {
            exemption.at("reason").problem("must be given");
        }
        return new Exemption(
                globs(exemption.at("namespaces")),
                globs(exemption.at("names")),
                rules,
                exemption.at("reason").text(""),
                date(exemption.at("expires")));
    }

    private static List<Glob> globs(PolicyNode node) {
        return Glob.read(node, node.someTexts(), Glob.Kind.NAME);
    }

    private static @Nullable LocalDate date(PolicyNode node) {
        if (node.isAbsent()) {
            return null;
        }
        try {
            String text = node.text("");
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        node.problem("must be a date such as 2027-03-31");
        return null;
    }
}
