package dev.penstock.rules;

import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Intent;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A CronJob while defaults are filled in.
 *
 * @param defaulter the way to write
 * @param namespace where it is or will be
 * @param policy what applies to it
 */
public record Draft(Defaulter defaulter, String namespace, EffectivePolicy policy) {

    EditableField cronJob() {
        return defaulter.cronJob();
    }

    Intent intent() {
        return defaulter.intent();
    }

    EditableField podSpec() {
        return cronJob().at(Pipeline.POD_SPEC);
    }

    /** Every container of the pipeline's own, the init containers first, as they run. */
    List<EditableField> containers() {
        List<EditableField> containers =
                new ArrayList<>(podSpec().at("initContainers").elements());
        containers.addAll(podSpec().at("containers").elements());
        containers.removeIf(container -> !intent().isOwn(container));
        return containers;
    }

    EditableField annotationField(String key) {
        return cronJob().at("metadata", "annotations", key);
    }

    /** The value of an annotation of the CronJob; empty where it is absent or blank. */
    Optional<String> annotation(String key) {
        return annotationField(key).asText().map(String::strip).filter(value -> !value.isEmpty());
    }

    Steps steps() {
        return Steps.of(cronJob());
    }

    /** The containers that were made for steps; none before they are, or where the manifest has containers of its own. */
    List<EditableField> stepContainers() {
        List<String> names = steps().names();
        return names.isEmpty()
                ? List.of()
                : containers().stream()
                        .filter(container -> defaulter.hasMade(container)
                                && names.contains(container.path().name()))
                        .toList();
    }

    Placeholders placeholders() {
        return new Placeholders(
                        annotation(PipelineLabel.TASK).orElse(policy.task()),
                        stableName(),
                        namespace,
                        PipelineLabel.of(cronJob()).asText().orElse(""))
                .withSteps(stepContainers().stream()
                        .map(container -> container.path().name())
                        .toList());
    }

    /** What tells this pipeline from others and outlives each of its objects: generateName, else name. */
    private String stableName() {
        Field metadata = cronJob().at("metadata");
        return metadata.at("generateName")
                .asText()
                .filter(prefix -> !prefix.isEmpty())
                .or(metadata.at("name")::asText)
                .orElse("");
    }
}
