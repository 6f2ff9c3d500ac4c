package dev.penstock.rules;

import dev.penstock.manifest.Default;
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
        Optional<EditableField> made = made(draft);
        if (made.isPresent()
                && draft.defaulter().manifestSpeaks()
                && (annotated.isEmpty() || hasAppliedContainer(draft))) {
            draft.defaulter().drop(made.get());
        } else if (made.isPresent()) {
            draft.defaulter().ensure(containers(draft), made.get().path().name(), Reason.made());
        } else if (annotated.isPresent()
                && containers(draft).elements().stream().noneMatch(container -> isAuthors(container, draft))) {
            draft.defaulter().make(containers(draft), draft.policy().containerName());
        }
        annotated.map(draft.policy()::completed).ifPresent(image -> fillIn(image, draft));
    }

    private static EditableField containers(Draft draft) {
        return draft.podSpec().at("containers");
    }

    private static Optional<EditableField> made(Draft draft) {
        return containers(draft).elements().stream()
                .filter(draft.intent()::isMade)
                .findFirst();
    }

    private static boolean isAuthors(EditableField container, Draft draft) {
        EditableField image = container.at("image");
        boolean policys = draft.intent().isAppended(container)
                && (image.isAbsent() || draft.intent().isOurs(image));
        return draft.intent().isOwn(container) && !policys;
    }

    private static boolean hasAppliedContainer(Draft draft) {
        return containers(draft).elements().stream().anyMatch(draft.intent()::isApplied);
    }

    private static void fillIn(String image, Draft draft) {
        EditableField annotation = draft.annotationField(PipelineLabel.IMAGE);
        List<EditableField> containers = draft.containers().stream()
                .filter(container ->
                        draft.defaulter().hasMade(container) || draft.intent().isWritten(container))
                .toList();
        containers.forEach(container -> fillIn(container, image, draft));
        if (draft.defaulter().manifestSpeaks()
                && containers.stream()
                        .noneMatch(container -> container.at("image").asText().equals(Optional.of(image)))) {
            draft.defaulter().tell(annotation, "is not used: every container has an image of its own");
        }
    }

    private static void fillIn(EditableField container, String image, Draft draft) {
        Default wanted = Default.of(container.at("image"), image, REASON);
        draft.defaulter()
                .fill(
                        draft.defaulter().hasMade(container)
                                ? wanted.as(draft.annotationField(PipelineLabel.IMAGE))
                                : wanted);
    }
}
