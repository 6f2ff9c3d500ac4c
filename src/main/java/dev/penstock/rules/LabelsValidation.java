package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.KubernetesNames;
import dev.penstock.policy.PolicyNode;
import dev.penstock.policy.Regex;
import java.util.Map;
import java.util.function.Predicate;

/** {@code labels}: the labels and annotations that the policy asks for, on the CronJob and on the pods that it starts. */
final class LabelsValidation implements Validation {
    // Many times what anybody writes by hand; Kubernetes allows annotations of 256 KiB.
    private static final int LONGEST = 1024;

    private final Map<String, Regex> labels;
    private final Map<String, Regex> annotations;

    LabelsValidation(PolicyNode parameters) {
        parameters.only("action", "require", "requireAnnotations");
        labels = patterns(parameters.at("require"), KubernetesNames::isLabelKey);
        annotations = patterns(parameters.at("requireAnnotations"), KubernetesNames::isAnnotationKey);
    }

    private static Map<String, Regex> patterns(PolicyNode parameter, Predicate<String> isKey) {
        parameter.members().forEach((key, member) -> {
            if (!isKey.test(key)) {
                member.problem("must be the key of a label or annotation, such as platform.example.com/kind");
            }
        });
        return parameter.patterns();
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        check(pipeline.metadata(), findings);
        check(pipeline.job().at("template", "metadata"), findings);
    }

    private void check(Field metadata, Findings findings) {
        labels.forEach((key, pattern) -> check(metadata.at("labels", key), pattern, findings));
        annotations.forEach((key, pattern) -> check(metadata.at("annotations", key), pattern, findings));
    }

    private static void check(Field field, Regex pattern, Findings findings) {
        String value = field.asText().orElse("");
        if (field.isAbsent()) {
            findings.required(field, "must match " + pattern);
        } else if (value.length() > LONGEST) {
            findings.tooLong(field, "at most " + LONGEST + " characters");
        } else if (!pattern.matches(value)) {
            findings.invalid(field, "must match " + pattern);
        }
    }
}
