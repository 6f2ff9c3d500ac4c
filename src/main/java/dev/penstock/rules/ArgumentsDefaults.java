package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.Default;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.Placeholders;

/** The arguments of the main container, where it has neither {@code args} nor {@code command}. */
final class ArgumentsDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        draft.policy()
                .arguments()
                .ifPresent(arguments -> Pipeline.mainContainer(
                                draft.cronJob(),
                                draft.podSpec().at("containers").elements(),
                                draft.intent())
                        .ifPresent(container -> fill(container, arguments, draft)));
    }

    private static void fill(EditableField container, EffectivePolicy.Arguments arguments, Draft draft) {
        EditableField args = container.at("args");
        EditableField command = container.at("command");
        if (command.elements().isEmpty()) {
            draft.defaulter()
                    .fill(Default.of(args, resolved(arguments, draft), reason(arguments, draft))
                            .after(command));
        } else {
            draft.defaulter().dropBeside(args, command);
        }
    }

    private static ArrayNode resolved(EffectivePolicy.Arguments arguments, Draft draft) {
        Placeholders placeholders = draft.placeholders();
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
