package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.manifest.Field;
import dev.penstock.policy.KubernetesNames;
import java.util.List;

/**
 * {@code containerName}: there is a container, and each has a name. One without cannot be applied twice: kubectl fails to
 * find it again, and server-side apply makes a second one. Tasks, after which the containers of steps are called, are names
 * of containers, each once, which no other container has, and each container has an image.
 */
final class ContainerNameValidation implements EarlyValidation {
    private static final String WAYS_OUT =
            "leave containers out and name the image in the annotation " + PipelineLabel.IMAGE;

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Steps steps = pipeline.steps();
        if (steps.names().isEmpty()) {
            checkTasks(steps, findings.early());
        } else {
            checkSteps(pipeline, findings.early());
        }
        Field list = pipeline.podSpec().at("containers");
        boolean isSaid = steps.annotation().isPresent() && steps.names().isEmpty();
        if (list.elements().isEmpty() && !isSaid) {
            findings.early().required(list, "write a container with a name and an image, or " + WAYS_OUT);
        }
        List<Field> containers = pipeline.containers();
        for (Field container : containers) {
            Field name = container.at("name");
            if (name.asText().orElse("").isEmpty()) {
                findings.early()
                        .required(
                                name,
                                "without it kubectl apply cannot find the container again; name it, or " + WAYS_OUT);
            }
        }
    }

    /** Of which no containers can be made. */
    private static void checkTasks(Steps steps, Findings findings) {
        Field annotation = steps.annotation();
        if (steps.tasks().size() > Steps.MOST) {
            findings.invalid(annotation, "no more than " + Steps.MOST + " steps are made: name fewer tasks");
            return;
        }
        if (steps.tasks().contains("")) {
            findings.invalid(annotation, "a task is missing: name one or more, with a comma between two");
        }
        steps.tasks().stream()
                .distinct()
                .filter(task -> !task.isEmpty() && !KubernetesNames.isDnsLabel(task))
                .forEach(task -> findings.invalid(
                        annotation,
                        TextNode.valueOf(task),
                        "a container is called after it: " + KubernetesNames.DNS_LABEL_FORM));
        steps.repeated().stream()
                .filter(task -> !task.isEmpty())
                .forEach(task ->
                        findings.invalid(annotation, TextNode.valueOf(task), "is there twice: name each task once"));
    }

    private static void checkSteps(Pipeline pipeline, Findings findings) {
        List<Field> steps = pipeline.stepContainers();
        if (steps.isEmpty()) {
            return; // none are made beside containers of the author's
        }
        for (Field container : pipeline.containers()) {
            String name = container.path().name();
            if (!pipeline.steps().names().contains(name)) {
                continue;
            }
            Field annotation = pipeline.steps().annotation();
            if (!steps.contains(container)) {
                String list = container.path().parent().name();
                findings.invalid(
                        annotation,
                        TextNode.valueOf(name),
                        "is in " + list + " already, as no step: call the task or that container otherwise");
            } else if (container.at("image").asText().orElse("").isEmpty()) {
                findings.invalid(
                        annotation,
                        TextNode.valueOf(name),
                        "has no image: name one in " + PipelineLabel.IMAGE + ", or in " + PipelineLabel.imageOf(name));
            }
        }
    }
}
