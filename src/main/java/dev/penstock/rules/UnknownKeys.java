package dev.penstock.rules;

import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Intent;
import java.util.List;

/** Fills in nothing: tells the author of labels and annotations of Penstock's that there are not, such as misspelt ones. */
final class UnknownKeys implements Defaults {
    private static final List<String> LABELS = List.of(PipelineLabel.KEY);
    private static final List<String> ANNOTATIONS =
            List.of(PipelineLabel.IMAGE, Intent.KEEP, PipelineLabel.REFRESH, PipelineLabel.TASK, PipelineLabel.TASKS);
    private static final String OF_A_STEP = PipelineLabel.imageOf("");
    private static final int MOST = 10; // they may come from anyone

    @Override
    public void fill(Draft draft) {
        if (draft.defaulter().manifestSpeaks()) {
            tell(draft.cronJob().at("metadata", "labels"), "label", LABELS, draft);
            tell(draft.annotations(), "annotation", ANNOTATIONS, draft);
        }
    }

    private static void tell(EditableField map, String what, List<String> known, Draft draft) {
        map.names().stream()
                .filter(key -> key.startsWith(Intent.OURS)
                        && !known.contains(key)
                        && !key.equals(Intent.DEFAULTED)
                        && !key.startsWith(OF_A_STEP))
                .limit(MOST)
                .forEach(key -> draft.defaulter()
                        .tell(
                                map.at(key),
                                "is no " + what + " that Penstock knows; known are: " + String.join(", ", known)));
    }
}
