package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;
import dev.penstock.policy.Placeholders;

/** The arguments of the main container, where it has neither {@code args} nor {@code command}. */
final class ArgumentsDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        if (draft.policy().arguments().isEmpty()) {
            return;
        }
        Pipeline.mainContainer(draft.cronJob(), draft.podSpec().at("containers").elements())
                .filter(container -> isEmpty(container.at("args")) && isEmpty(container.at("command")))
                .ifPresent(container -> container.at("args").set(arguments(draft), reason(draft)));
    }

    private static boolean isEmpty(EditableField list) {
        return list.elements().isEmpty();
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
