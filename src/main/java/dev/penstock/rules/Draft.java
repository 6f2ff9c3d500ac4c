package dev.penstock.rules;

import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.ObjectName;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A CronJob while defaults are filled in. */
public final class Draft {
    private final Defaulter defaulter;
    private final String namespace;
    private final EffectivePolicy policy;

    // What each default asks for.
    private final EditableField annotations;
    private final EditableField podSpec;
    private final EditableField initContainers;
    private final EditableField containers;
    private final Steps steps;

    /**
     * @param defaulter the way to write
     * @param namespace where it is or will be
     * @param policy what applies to it
     */
    public Draft(Defaulter defaulter, String namespace, EffectivePolicy policy) {
        this.defaulter = defaulter;
        this.namespace = namespace;
        this.policy = policy;
        this.annotations = cronJob().at("metadata", "annotations");
        this.podSpec = cronJob().at(FieldPath.POD_SPEC);
        this.initContainers = podSpec.at("initContainers");
        this.containers = podSpec.at("containers");
        this.steps = Steps.of(annotations);
    }

    Defaulter defaulter() {
        return defaulter;
    }

    EffectivePolicy policy() {
        return policy;
    }

    EditableField cronJob() {
        return defaulter.cronJob();
    }

    Intent intent() {
        return defaulter.intent();
    }

    EditableField podSpec() {
        return podSpec;
    }

    /** The list of that name. */
    EditableField initContainerList() {
        return initContainers;
    }

    /** The list of that name. */
    EditableField containerList() {
        return containers;
    }

    /** Every container of the pipeline's own, the init containers first, as they run. */
    List<EditableField> containers() {
        List<EditableField> own = elements();
        own.removeIf(container -> !intent().isOwn(container));
        return own;
    }

    private List<EditableField> elements() {
        List<EditableField> elements = new ArrayList<>(initContainers.elements());
        elements.addAll(containers.elements());
        return elements;
    }

    EditableField annotations() {
        return annotations;
    }

    EditableField annotationField(String key) {
        return annotations.at(key);
    }

    /** The value of an annotation of the CronJob; empty where it is absent or blank. */
    Optional<String> annotation(String key) {
        return annotationField(key).asText().map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Where the container of this step is. */
    EditableField listOf(String step) {
        return steps.isInit(step) ? initContainers : containers;
    }

    /** As they are named: no default changes that. */
    Steps steps() {
        return steps;
    }

    /** The containers that were made for steps; none before they are, or where the manifest has containers of its own. */
    List<EditableField> stepContainers() {
        List<String> names = steps.names();
        if (names.isEmpty()) {
            return List.of();
        }
        List<EditableField> made = elements();
        made.removeIf(container -> !names.contains(container.path().name()) || !defaulter.hasMade(container));
        return made;
    }

    Placeholders placeholders() {
        return new Placeholders(
                        annotation(PipelineLabel.TASK).orElse(policy.task()),
                        ObjectName.of(cronJob()).stable(),
                        namespace,
                        PipelineLabel.of(cronJob()).asText().orElse(""))
                .withSteps(stepContainers().stream()
                        .map(container -> container.path().name())
                        .toList());
    }
}
