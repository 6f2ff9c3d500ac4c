package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;
import java.util.List;
import java.util.Optional;

/**
 * The container of a manifest that has none, made from the annotation that names its image; and the image of containers
 * that have none.
 */
final class ContainersDefaults implements Defaults {
    private static final Reason REASON = Reason.annotation(PipelineLabel.IMAGE);

    @Override
    public void fill(Draft draft) {
        Optional<String> annotated = draft.annotation(PipelineLabel.IMAGE);
        if (annotated.isEmpty()) {
            return;
        }
        String image = draft.policy().completed(annotated.get());
        EditableField containers = draft.podSpec().at("containers");
        if (containers.elements().isEmpty()) {
            containers.set(
                    JsonNodeFactory.instance
                            .arrayNode()
                            .add(JsonNodeFactory.instance
                                    .objectNode()
                                    .put("name", draft.policy().containerName())
                                    .put("image", image)),
                    REASON);
        }
        List<EditableField> images = draft.containers().stream()
                .map(container -> container.at("image"))
                .toList();
        images.stream().filter(field -> field.asText().orElse("").isEmpty()).forEach(field -> field.set(image, REASON));
        if (images.stream().noneMatch(field -> field.asText().equals(Optional.of(image)))) {
            draft.warnings()
                    .add(new Notice(
                            draft.cronJob()
                                    .at("metadata", "annotations", PipelineLabel.IMAGE)
                                    .path(),
                            "is not used: every container has an image of its own"));
        }
    }
}
