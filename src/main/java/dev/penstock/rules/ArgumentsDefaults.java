package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.Default;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.Placeholders;
import java.util.List;
import java.util.stream.Stream;

/** The arguments of the main container, or of each step, where it has neither {@code args} nor {@code command}. */
final class ArgumentsDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        draft.policy().arguments().ifPresent(arguments -> {
            Placeholders placeholders = draft.placeholders();
            List<EditableField> steps = draft.stepContainers();
            Reason reason = steps.isEmpty() ? reason(arguments, draft) : Reason.annotation(PipelineLabel.TASKS);
            for (EditableField container : steps.isEmpty() ? mainContainer(draft) : steps) {
                Placeholders own = placeholders.in(container.path().name());
                fill(container, resolved(arguments, own), reason, draft);
            }
        });
        if (draft.defaulter().manifestSpeaks() && draft.steps().annotation().isAbsent()) {
            draft.annotation(PipelineLabel.TASK)
                    .filter(task -> !isUsed(task, draft))
                    .ifPresent(task -> draft.defaulter()
                            .tell(
                                    draft.annotationField(PipelineLabel.TASK),
                                    "is not used: nothing that is filled in here names the task"));
        }
    }

    private static boolean isUsed(String task, Draft draft) {
        boolean isOfTheMain = mainContainer(draft).stream()
                .flatMap(container -> Stream.of("args", "command").map(container::at))
                .flatMap(list -> list.elements().stream())
                .anyMatch(argument -> argument.value().asText().contains(task));
        return isOfTheMain || draft.defaulter().hasFilledIn(task);
    }

    private static List<EditableField> mainContainer(Draft draft) {
        return Pipeline.mainContainer(draft.cronJob(), draft.containerList().elements(), draft.intent()).stream()
                .toList();
    }

    private static void fill(EditableField container, ArrayNode arguments, Reason reason, Draft draft) {
        EditableField args = container.at("args");
        EditableField command = container.at("command");
        if (command.elements().isEmpty()) {
            draft.defaulter().fill(Default.of(args, arguments, reason).after(command));
        } else {
            draft.defaulter().dropBeside(args, command);
        }
    }

    private static ArrayNode resolved(EffectivePolicy.Arguments arguments, Placeholders placeholders) {
        ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
        arguments.texts().forEach(argument -> resolved.add(placeholders.resolve(argument)));
        return resolved;
    }

    private static Reason reason(EffectivePolicy.Arguments arguments, Draft draft) {
        return draft.annotation(PipelineLabel.TASK).isPresent()
                ? Reason.annotation(PipelineLabel.TASK)
                : arguments.reason();
    }
}
