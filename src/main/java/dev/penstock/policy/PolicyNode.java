package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Quantity;
import dev.penstock.manifest.WrongTypeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A place in a policy document, read strictly: what is not right there is noted as a problem with its path, and reading
 * goes on with a harmless value, so that all problems are found at once.
 */
public final class PolicyNode {
    private final String path;
    private final JsonNode node;
    private final List<PolicyProblem> problems;
    private final Regexes regexes;

    /** @param problems where problems are noted */
    public PolicyNode(String path, JsonNode node, List<PolicyProblem> problems) {
        this(path, node, problems, new Regexes());
    }

    /**
     * @param problems where problems are noted
     * @param regexes of the document
     */
    public PolicyNode(String path, JsonNode node, List<PolicyProblem> problems, Regexes regexes) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        this.regexes = regexes;
    }

    private PolicyNode below(String path, JsonNode node) {
        return new PolicyNode(path, node, problems, regexes);
    }

    public PolicyNode at(String key) {
        return below(path.isEmpty() ? key : path + "." + key, node.path(key));
    }

    /** The place at the end of these keys. */
    public PolicyNode at(List<String> keys) {
        PolicyNode place = this;
        for (String key : keys) {
            place = place.at(key);
        }
        return place;
    }

    public boolean isAbsent() {
        return node.isMissingNode() || node.isNull();
    }

    /** Notes every key but these as unknown. */
    public void only(String... known) {
        Set<String> keys = Set.copyOf(Arrays.asList(known));
        object().fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                at(key).problem("unknown key; known are: " + String.join(", ", known));
            }
        });
    }

    /** The text, which must be there. */
    public String requiredText() {
        if (isAbsent()) {
            problem("must be given");
        }
        return text("");
    }

    /** The text; {@code otherwise} where it is absent. */
    public String text(String otherwise) {
        if (isAbsent()) {
            return otherwise;
        }
        if (!node.isTextual()) {
            problem(WrongTypeException.noText(node));
            return otherwise;
        }
        return node.textValue();
    }

    /** The list of texts; {@code otherwise} where it is absent. */
    public List<String> texts(List<String> otherwise) {
        if (isAbsent()) {
            return otherwise;
        }
        List<String> texts = new ArrayList<>();
        if (!node.isArray()) {
            problem("must be a list of strings");
        }
        for (JsonNode element : node) {
            if (!element.isTextual()) {
                problem("must be a list of strings");
                break;
            }
            texts.add(element.textValue());
        }
        return List.copyOf(texts);
    }

    /** The boolean; {@code otherwise} where it is absent. */
    public boolean flag(boolean otherwise) {
        if (!isAbsent() && !node.isBoolean()) {
            problem("must be true or false");
        }
        return node.asBoolean(otherwise);
    }

    /** The list of texts, which holds some; an empty one where it is absent. */
    public List<String> someTexts() {
        List<String> some = texts(List.of());
        if (some.isEmpty() && !isAbsent()) {
            problem("must list something, or be left out");
        }
        return some;
    }

    /** The list of texts, each one of the known; all of the known where it is absent. */
    public List<String> choices(List<String> known) {
        List<String> chosen = texts(known);
        if (chosen.isEmpty() || !known.containsAll(chosen)) {
            problem("must list some of " + String.join(", ", known));
            return known;
        }
        return chosen;
    }

    /** The whole number, which is not negative; empty where it is absent. */
    public OptionalLong count() {
        if (isAbsent()) {
            return OptionalLong.empty();
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
            problem("must be a whole number, 0 or more");
            return OptionalLong.empty();
        }
        return OptionalLong.of(node.longValue());
    }

    /** The duration; empty where it is absent. */
    public Optional<Span> span() {
        if (isAbsent()) {
            return Optional.empty();
        }
        Optional<Span> span = node.isTextual() ? Span.parse(node.textValue()) : Optional.empty();
        if (span.isEmpty()) {
            problem(Span.FORM);
        }
        return span;
    }

    /** The regular expression, which matches the whole of a value; empty where it is absent. */
    public Optional<Regex> pattern() {
        try {
            return isAbsent() ? Optional.empty() : Optional.of(regexes.of(text("")));
        } catch (Regex.InvalidRegexException e) {
            problem("must be a regular expression: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The regular expression of each member; none where it is absent. */
    public Map<String, Regex> patterns() {
        Map<String, Regex> patterns = new LinkedHashMap<>();
        members().forEach((key, member) -> {
            member.requiredText();
            member.pattern().ifPresent(pattern -> patterns.put(key, pattern));
        });
        return patterns;
    }

    /** The quantity, which is not negative, written as a string or a number; empty where it is absent. */
    public Optional<Quantity> quantity() {
        Optional<Quantity> quantity =
                Quantity.parse(written()).filter(one -> one.amount().signum() >= 0);
        if (!isAbsent() && quantity.isEmpty()) {
            problem("must be a quantity such as 500m, 2 or 16Gi, 0 or more");
        }
        return quantity;
    }

    /** The string or number as it was written; empty where it is absent or another type. */
    public String written() {
        return node.isTextual() || node.isNumber() ? node.asText() : "";
    }

    /** The action, which must be there. */
    public Action action() {
        return Action.of(written()).orElseGet(() -> {
            problem("must be one of " + Action.list());
            return Action.DENY;
        });
    }

    /** The object; an empty one where it is absent. */
    public ObjectNode object() {
        if (node instanceof ObjectNode object) {
            return object;
        }
        if (!isAbsent()) {
            problem("must be an object");
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** The object's members in order; none where it is absent. */
    public Map<String, PolicyNode> members() {
        Map<String, PolicyNode> members = new LinkedHashMap<>();
        object().fieldNames().forEachRemaining(key -> members.put(key, at(key)));
        return members;
    }

    public boolean isObject() {
        return node.isObject();
    }

    public boolean isList() {
        return node.isArray();
    }

    /** The elements of the list, in order; none where it is absent. */
    public List<PolicyNode> elements() {
        List<PolicyNode> elements = new ArrayList<>();
        if (!node.isArray() && !isAbsent()) {
            problem("must be a list");
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            elements.add(below(path + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    /** The whole number of 32 bits, which may be negative; {@code otherwise} where it is absent. */
    public int number(int otherwise) {
        return isWhole(32, node.canConvertToInt()) ? node.intValue() : otherwise;
    }

    /** The whole number of 64 bits, which may be negative; {@code otherwise} where it is absent. */
    public long number(long otherwise) {
        return isWhole(64, node.canConvertToLong()) ? node.longValue() : otherwise;
    }

    /** Notes why not, where it is there. */
    private boolean isWhole(int bits, boolean fits) {
        boolean is = node.isIntegralNumber() && fits;
        if (!is && !isAbsent()) {
            long most = Long.MAX_VALUE >> (Long.SIZE - bits);
            String range = " of " + bits + " bits, " + ~most + " to " + most;
            problem("must be a whole number" + (node.isIntegralNumber() ? range : ""));
        }
        return is;
    }

    /** Notes placeholders that are not known ones, in every string below. */
    public void checkPlaceholders() {
        if (node.isTextual()) {
            Placeholders.unknown(node.textValue())
                    .forEach(unknown -> problem("unknown placeholder " + unknown + "; known are " + Placeholders.known()
                            + ", and $${ for a literal ${"));
        } else if (node.isArray()) {
            elements().forEach(PolicyNode::checkPlaceholders);
        } else if (node.isObject()) {
            members().values().forEach(PolicyNode::checkPlaceholders);
        }
    }

    /** Notes a problem once, among the first {@link PolicyProblem#MOST}. */
    public void problem(String message) {
        PolicyProblem problem = new PolicyProblem(path, message);
        if (problems.size() < PolicyProblem.MOST && !problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
