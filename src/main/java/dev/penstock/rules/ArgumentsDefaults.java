package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.Default;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;
import dev.penstock.policy.Placeholders;

/** The arguments of the main container, where it has neither {@code args} nor {@code command}. */
final class ArgumentsDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        if (!draft.policy().arguments().isEmpty()) {
            Pipeline.mainContainer(
                            draft.cronJob(), draft.podSpec().at("containers").elements(), draft.intent())
                    .ifPresent(container -> fill(container, draft));
        }
    }

    private static void fill(EditableField container, Draft draft) {
        EditableField args = container.at("args");
        EditableField command = container.at("command");
        if (command.elements().isEmpty()) {
            draft.defaulter()
                    .fill(Default.of(args, arguments(draft), reason(draft)).after(command));
        } else {
            draft.defaulter().drop(args);
        }
    }

    private static ArrayNode arguments(Draft draft) {
        Placeholders placeholders = draft.placeholders();
        ArrayNode arguments = JsonNodeFactory.instance.arrayNode();
        draft.policy().arguments().forEach(argument -> arguments.add(placeholders.resolve(argument)));
        return arguments;
    }

    private static Reason reason(Draft draft) {
        return draft.annotation(PipelineLabel.TASK).isPresent()
                ? Reason.annotation(PipelineLabel.TASK)
                : draft.policy().reason();
    }
}
