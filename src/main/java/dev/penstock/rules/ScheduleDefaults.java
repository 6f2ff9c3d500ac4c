package dev.penstock.rules;

import dev.penstock.manifest.FieldPath;

/** {@code H} in the author's schedule: a time of the pipeline's own, the same at each review. */
final class ScheduleDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        // One that is malformed stays as it is, and the rule says why.
        draft.defaulter().complete(draft.cronJob().at(FieldPath.SCHEDULE), draft.placeholders()::schedule);
    }
}
