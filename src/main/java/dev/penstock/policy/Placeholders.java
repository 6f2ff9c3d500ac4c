package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.cron.HashedSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What <code>${task}</code>, <code>${name}</code>, <code>${namespace}</code> and <code>${profile}</code> stand for in the strings of a policy.
 * <code>$${</code> is a literal <code>${</code>; Kubernetes' own {@code $(VAR)} passes through.
 */
public final class Placeholders {
    private static final List<String> NAMES = List.of("task", "name", "namespace", "profile");
    private static final Pattern FORM = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");

    private final String task;
    private final String stableName;
    private final String namespace;
    private final String profile;
    private final List<String> steps;

    /** @param stableName the CronJob's, as {@link dev.penstock.manifest.ObjectName#stable} has it */
    public Placeholders(String task, String stableName, String namespace, String profile) {
        this(task, stableName, namespace, profile, List.of());
    }

    private Placeholders(String task, String stableName, String namespace, String profile, List<String> steps) {
        this.task = task;
        this.stableName = stableName;
        this.namespace = namespace;
        this.profile = profile;
        this.steps = steps;
    }

    /** The same of a pipeline of steps, each of which has a container called after its task. */
    public Placeholders withSteps(List<String> tasks) {
        return new Placeholders(task, stableName, namespace, profile, tasks);
    }

    /** What they stand for in a container: in that of a step, the task is the step's own. */
    public Placeholders in(String container) {
        return isStep(container) ? new Placeholders(container, stableName, namespace, profile, steps) : this;
    }

    /** Whether a container of this name is a step's. */
    boolean isStep(String container) {
        return steps.contains(container);
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
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1) == null ? "${" : value(match)));
    }

    /** A copy of the value with each placeholder in its strings replaced. */
    JsonNode resolve(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(resolve(value.textValue()));
        }
        if (value.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member -> copy.set(member.getKey(), resolve(member.getValue())));
            return copy;
        }
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> copy.add(resolve(element)));
            return copy;
        }
        return value;
    }

    private String value(MatchResult match) {
        return switch (match.group(1)) {
            case "task" -> task;
            case "name" -> stableName.endsWith("-") ? stableName.substring(0, stableName.length() - 1) : stableName;
            case "namespace" -> namespace;
            case "profile" -> profile;
            default -> match.group();
        };
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
