package dev.penstock.rules;

import dev.penstock.manifest.Field;
import java.util.List;

/**
 * {@code containerName}: there is a container, and each has a name. One without cannot be applied twice: kubectl fails to
 * find it again, and server-side apply makes a second one.
 */
final class ContainerNameValidation implements Validation {
    private static final String WAYS_OUT =
            "leave containers out and name the image in the annotation " + PipelineLabel.IMAGE;

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field list = pipeline.podSpec().at("containers");
        if (list.elements().isEmpty()) {
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
}
