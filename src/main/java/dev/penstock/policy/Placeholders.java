package dev.penstock.policy;

import dev.penstock.cron.HashedSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What <code>${task}</code>, <code>${name}</code>, <code>${namespace}</code> and <code>${profile}</code> stand for in the strings of a policy.
 * <code>$${</code> is a literal <code>${</code>; Kubernetes' own {@code $(VAR)} passes through.
 */
public final class Placeholders {
    private static final List<String> NAMES = List.of("task", "name", "namespace", "profile");
    private static final Pattern FORM = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");

    private final Map<String, String> values;
    private final String namespace;
    private final String stableName;

    /** @param stableName the CronJob's {@code generateName}, else its {@code name} */
    public Placeholders(String task, String stableName, String namespace, String profile) {
        String name = stableName.endsWith("-") ? stableName.substring(0, stableName.length() - 1) : stableName;
        this.values = Map.of("task", task, "name", name, "namespace", namespace, "profile", profile);
        this.namespace = namespace;
        this.stableName = stableName;
    }

    /** The schedule with each {@code H} replaced; the same where it has none, or is malformed. */
    public String schedule(String text) {
        return HashedSchedule.isHashed(text)
                        && HashedSchedule.resolve(text, namespace, stableName)
                                instanceof HashedSchedule.Resolved resolved
                ? resolved.schedule()
                : text;
    }

    /** The text with each placeholder replaced. */
    public String resolve(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        return FORM.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) == null ? "${" : values.getOrDefault(match.group(1), match.group())));
    }

    /** What stands in the text like a placeholder and is none; empty where the text is right. */
    static List<String> unknown(String text) {
        List<String> unknown = new ArrayList<>();
        Matcher matcher = FORM.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1) != null
                    && !(NAMES.contains(matcher.group(1)) && matcher.group().endsWith("}"))) {
                unknown.add(matcher.group());
            }
        }
        return unknown;
    }

    /** The known ones, as they are written. */
    static String known() {
        return "${" + String.join("}, ${", NAMES) + "}";
    }
}
