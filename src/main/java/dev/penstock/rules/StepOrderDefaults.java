package dev.penstock.rules;

import dev.penstock.manifest.EditableField;
import java.util.List;

/** The order of steps that are init containers: as they are named, behind all others, which make ready what steps need. */
final class StepOrderDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        EditableField list = draft.initContainerList();
        List<String> made = draft.stepContainers().stream()
                .filter(container -> container.parent().path().equals(list.path()))
                .map(container -> container.path().name())
                .toList();
        draft.defaulter()
                .putLast(
                        list,
                        draft.steps().names().stream().filter(made::contains).toList());
    }
}
