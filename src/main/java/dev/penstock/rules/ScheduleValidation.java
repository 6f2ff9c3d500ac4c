package dev.penstock.rules;

import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.HashedSchedule;
import dev.penstock.cron.OddStep;
import dev.penstock.cron.TimeZones;
import dev.penstock.manifest.Field;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * {@code schedule}: Kubernetes accepts it, it fires, and its steps do what they seem to say.
 *
 * <p>Without a time zone Kubernetes reads it in the controller's, mostly UTC, as is done here.
 */
final class ScheduleValidation implements Validation {
    static final String NOT_ACCEPTED = "not a schedule that Kubernetes accepts: ";

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field field = pipeline.spec().at("schedule");
        String text = field.asText().orElse("");
        if (text.isEmpty()) {
            findings.early().required(field, "neither the manifest nor the policy names one");
        } else if (HashedSchedule.isHashed(text)
                && HashedSchedule.resolve(text, "", "") instanceof HashedSchedule.Refused refused) {
            findings.early().invalid(field, NOT_ACCEPTED + refused.why());
        } else {
            check(field, text, pipeline, findings);
        }
    }

    private static void check(Field field, String text, Pipeline pipeline, Findings findings) {
        CronSchedule.Parsed parsed = CronSchedule.parse(text);
        if (parsed instanceof CronSchedule.Refused refused) {
            findings.early().invalid(field, NOT_ACCEPTED + refused.why());
        } else if (parsed instanceof CronSchedule.Accepted accepted) {
            check(field, accepted.schedule(), pipeline, findings);
        }
    }

    private static void check(Field field, CronSchedule schedule, Pipeline pipeline, Findings findings) {
        ZoneId zone =
                pipeline.spec().at("timeZone").asText().flatMap(TimeZones::find).orElse(ZoneOffset.UTC);
        ZonedDateTime now = pipeline.now().atZone(zone);
        if (schedule.neverFires(now)) {
            findings.invalid(field, "never fires within " + CronSchedule.YEARS_AHEAD + " years");
        }
        for (OddStep step : schedule.oddSteps()) {
            boolean oversized = step.kind() == OddStep.Kind.LARGER_THAN_RANGE;
            (oversized ? findings : findings.warning()).invalid(field, step.why());
        }
    }
}
