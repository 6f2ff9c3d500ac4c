package dev.penstock.rules;

import dev.penstock.manifest.Default;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The containers of a manifest that has none: one for each step that an annotation names, else one for the annotation that
 * names an image; and the image of containers that have none.
 */
final class ContainersDefaults implements Defaults {

    /** A container that is to be there. */
    private record Wanted(EditableField list, String name) {
        boolean is(EditableField container) {
            return container.path().stable().equals(list.element(name).path().stable());
        }
    }

    @Override
    public void fill(Draft draft) {
        List<EditableField> made = made(draft);
        List<Wanted> wanted = wanted(draft, made);
        if (!made.isEmpty() && !draft.defaulter().manifestSpeaks()) {
            made.forEach(container ->
                    draft.defaulter().make(container.parent(), container.path().name()));
        } else if (!made.isEmpty() && (wanted.isEmpty() || hasAppliedContainer(draft))) {
            made.forEach(draft.defaulter()::drop);
        } else if (!made.isEmpty()
                || draft.containerList().elements().stream().noneMatch(container -> isAuthors(container, draft))) {
            made.stream()
                    .filter(container -> wanted.stream().noneMatch(one -> one.is(container)))
                    .forEach(draft.defaulter()::unmake);
            wanted.forEach(one -> draft.defaulter().make(one.list(), one.name()));
        }
        List<String> steps = names(draft.stepContainers());
        fillInImages(steps, draft);
        if (draft.defaulter().manifestSpeaks()) {
            tellWhatIsNotUsed(steps, draft);
        }
    }

    /** Those that were made before, from behind: each that goes moves those behind it. */
    private static List<EditableField> made(Draft draft) {
        List<EditableField> made = new ArrayList<>(draft.containers());
        made.removeIf(container -> !draft.intent().isMade(container));
        Collections.reverse(made);
        return made;
    }

    private static List<Wanted> wanted(Draft draft, List<EditableField> made) {
        Steps steps = draft.steps();
        if (steps.annotation().isPresent()) {
            return steps.names().stream()
                    .map(name -> new Wanted(draft.listOf(name), name))
                    .toList();
        }
        return draft.annotation(PipelineLabel.IMAGE).stream()
                .map(image -> new Wanted(draft.containerList(), name(draft, made)))
                .toList();
    }

    /** Of the one container: a policy that would call it otherwise does not rename the one that is there. */
    private static String name(Draft draft, List<EditableField> made) {
        boolean hadSteps = !draft.intent().isUnchanged(draft.steps().annotation());
        return made.stream()
                .filter(container ->
                        !hadSteps && container.parent().path().name().equals("containers"))
                .map(container -> container.path().name())
                .findFirst()
                .orElse(draft.policy().containerName());
    }

    private static boolean isAuthors(EditableField container, Draft draft) {
        return draft.intent().isOwn(container) && !draft.intent().isAppended(container);
    }

    private static boolean hasAppliedContainer(Draft draft) {
        return draft.containerList().elements().stream().anyMatch(draft.intent()::isApplied);
    }

    private static void fillInImages(List<String> steps, Draft draft) {
        for (EditableField container : withImages(draft)) {
            String key = imageAnnotation(container, steps, draft);
            Field basis = basis(container, key, steps, draft);
            draft.annotation(key).ifPresent(image -> fillIn(container, image, Reason.annotation(key), basis, draft));
        }
    }

    /** The annotation that names its image, if any does. */
    private static String imageAnnotation(EditableField container, List<String> steps, Draft draft) {
        String own = PipelineLabel.imageOf(container.path().name());
        boolean hasOwn =
                steps.contains(container.path().name()) && draft.annotation(own).isPresent();
        return hasOwn ? own : PipelineLabel.IMAGE;
    }

    /** The annotation from which its image follows: where that of its own goes, an author changes the image by it. */
    private static Field basis(EditableField container, String key, List<String> steps, Draft draft) {
        Field own = draft.annotationField(PipelineLabel.imageOf(container.path().name()));
        boolean changed =
                steps.contains(container.path().name()) && !draft.intent().isUnchanged(own);
        return changed ? own : draft.annotationField(key);
    }

    /** The containers whose images annotations may name. */
    private static List<EditableField> withImages(Draft draft) {
        return draft.containers().stream()
                .filter(container ->
                        draft.defaulter().hasMade(container) || draft.intent().isWritten(container))
                .toList();
    }

    private static void fillIn(EditableField container, String image, Reason reason, Field basis, Draft draft) {
        Default wanted = Default.of(container.at("image"), draft.policy().completed(image), reason);
        draft.defaulter().fill(isForAnnotation(container, draft) ? wanted.as(basis) : wanted);
    }

    /** Whether the image is for an annotation to name, and nobody else has: Penstock made the container, or its author left it out. */
    private static boolean isForAnnotation(EditableField container, Draft draft) {
        return draft.defaulter().hasMade(container) || !draft.intent().isSent(container.at("image"));
    }

    private static void tellWhatIsNotUsed(List<String> steps, Draft draft) {
        if (steps.isEmpty() && !draft.steps().names().isEmpty()) {
            tell(PipelineLabel.TASKS, "is not used: the manifest has containers of its own", draft);
        }
        Optional<String> image = draft.annotation(PipelineLabel.IMAGE).map(draft.policy()::completed);
        if (image.isPresent()
                && withImages(draft).stream()
                        .noneMatch(container ->
                                container.at("image").asText().equals(image) || isReplaced(container, steps, draft))) {
            tell(PipelineLabel.IMAGE, "is not used: every container has an image of its own", draft);
        }
        for (String key : draft.annotations().names()) {
            if (key.startsWith(PipelineLabel.imageOf(""))
                    && steps.stream().map(PipelineLabel::imageOf).noneMatch(key::equals)) {
                tell(key, "is not used: Penstock makes no step of this name", draft);
            }
        }
    }

    /** Whether another webhook put its own in the place of the annotation's image. */
    private static boolean isReplaced(EditableField container, List<String> steps, Draft draft) {
        return isForAnnotation(container, draft)
                && imageAnnotation(container, steps, draft).equals(PipelineLabel.IMAGE)
                && draft.intent().isOfAnotherWebhook(container.at("image"));
    }

    private static void tell(String key, String text, Draft draft) {
        draft.defaulter().tell(draft.annotationField(key), text);
    }

    private static List<String> names(List<EditableField> containers) {
        return containers.stream().map(container -> container.path().name()).toList();
    }
}
