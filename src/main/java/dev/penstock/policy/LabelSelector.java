package dev.penstock.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which namespaces are meant, by their labels, as in Kubernetes: all of the requirements must hold, so that none selects
 * every namespace.
 */
public record LabelSelector(List<Requirement> requirements) {
    /** What is asked of one label. */
    enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String spelling;

        Operator(String spelling) {
            this.spelling = spelling;
        }

        private static Optional<Operator> of(String spelling) {
            return Arrays.stream(values())
                    .filter(operator -> operator.spelling.equals(spelling))
                    .findFirst();
        }

        private boolean hasValues() {
            return this == IN || this == NOT_IN;
        }
    }

    /** @param values for the operators that have some */
    record Requirement(String key, Operator operator, List<String> values) {
        /** As Kubernetes: what a label may not be holds for one that is not there. */
        private boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }
    }

    /** Whether an object with these labels is selected. */
    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) { // no stream: the first review in a namespace asks every policy
            if (!requirement.holds(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether Kubernetes lets an object have this label. */
    public static boolean isLabel(String key, String value) {
        return KubernetesNames.isLabelKey(key) && KubernetesNames.isLabelValue(value);
    }

    static LabelSelector read(PolicyNode selector) {
        selector.only("matchLabels", "matchExpressions");
        List<Requirement> requirements = new ArrayList<>();
        selector.at("matchLabels").members().forEach((key, value) -> {
            checkKey(value, key);
            requirements.add(new Requirement(key, Operator.IN, List.of(checkedValue(value, value.requiredText()))));
        });
        selector.at("matchExpressions").elements().forEach(expression -> requirements.add(requirement(expression)));
        return new LabelSelector(List.copyOf(requirements));
    }

    private static Requirement requirement(PolicyNode expression) {
        expression.only("key", "operator", "values");
        PolicyNode values = expression.at("values");
        String key = expression.at("key").requiredText();
        if (!key.isEmpty()) {
            checkKey(expression.at("key"), key);
        }
        Optional<Operator> operator = Operator.of(expression.at("operator").written());
        if (operator.isEmpty()) {
            expression.at("operator").problem("must be one of In, NotIn, Exists, DoesNotExist");
        }
        List<String> texts = values.texts(List.of());
        operator.filter(known -> known.hasValues() == texts.isEmpty())
                .ifPresent(known -> values.problem(
                        (known.hasValues() ? "must list something for " : "must be left out for ") + known.spelling));
        texts.forEach(text -> checkedValue(values, text));
        return new Requirement(key, operator.orElse(Operator.EXISTS), texts);
    }

    private static void checkKey(PolicyNode node, String key) {
        if (!KubernetesNames.isLabelKey(key)) {
            node.problem("must be the key of a label, such as platform.example.com/kind");
        }
    }

    private static String checkedValue(PolicyNode node, String value) {
        if (!KubernetesNames.isLabelValue(value)) {
            node.problem("must be the value of a label: " + KubernetesNames.LABEL_VALUE_FORM);
        }
        return value;
    }
}
