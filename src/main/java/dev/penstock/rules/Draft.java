package dev.penstock.rules;

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
 * @param cronJob the object
 * @param intent what its author wrote
 * @param namespace where it is or will be
 * @param policy what applies to it
 * @param warnings for the author
 */
public record Draft(
        EditableField cronJob, Intent intent, String namespace, EffectivePolicy policy, List<Notice> warnings) {

    EditableField podSpec() {
        return cronJob.at(Pipeline.POD_SPEC);
    }

    /** Every container, the init containers first, as they run. */
    List<EditableField> containers() {
        List<EditableField> containers =
                new ArrayList<>(podSpec().at("initContainers").elements());
        containers.addAll(podSpec().at("containers").elements());
        return containers;
    }

    /** The value of an annotation of the CronJob; empty where it is absent or blank. */
    Optional<String> annotation(String key) {
        return cronJob.at("metadata", "annotations", key)
                .asText()
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Tells the author that a value of the manifest was replaced. */
    void replaced(EditableField field, String written, String completed) {
        warnings.add(new Notice(field.path(), written + " becomes " + completed));
    }

    /** What tells this pipeline from others and outlives each of its objects: generateName, else name. */
    String stableName() {
        Field metadata = cronJob.at("metadata");
        return metadata.at("generateName")
                .asText()
                .filter(prefix -> !prefix.isEmpty())
                .or(metadata.at("name")::asText)
                .orElse("");
    }

    Placeholders placeholders() {
        String name = stableName();
        return new Placeholders(
                annotation(PipelineLabel.TASK).orElse(policy.task()),
                name.endsWith("-") ? name.substring(0, name.length() - 1) : name,
                namespace,
                PipelineLabel.of(cronJob).asText().orElse(""));
    }
}
