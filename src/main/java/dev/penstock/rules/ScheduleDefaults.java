package dev.penstock.rules;

import dev.penstock.cron.HashedSchedule;
import dev.penstock.manifest.Change;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;
import java.util.Optional;

/** {@code H} in a schedule, the author's or the policy's: a time of the pipeline's own, the same at each review. */
final class ScheduleDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        EditableField schedule = draft.cronJob().at("spec", "schedule");
        String written = schedule.asText().orElse("");
        // One that is malformed stays as it is, and the rule says why.
        if (HashedSchedule.isHashed(written)
                && HashedSchedule.resolve(written, draft.namespace(), draft.stableName())
                        instanceof HashedSchedule.Resolved resolved) {
            Optional<Change> filledIn = schedule.lastChange();
            schedule.set(resolved.schedule(), filledIn.map(Change::reason).orElse(Reason.completed(written)));
            if (filledIn.isEmpty()) {
                draft.replaced(schedule, written, resolved.schedule());
            }
        }
    }
}
