package dev.penstock.rules;

import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.HashedSchedule;
import dev.penstock.cron.OddStep;
import dev.penstock.manifest.Field;
import dev.penstock.policy.PolicyNode;
import dev.penstock.policy.Span;
import org.jspecify.annotations.Nullable;

/**
 * {@code schedule}: Kubernetes accepts it, it fires, its steps do what they seem to say, and no two runs are closer than
 * the policy allows.
 *
 * <p>The last costs what {@link CronSchedule#smallestGap} does, where a policy asks for it only.
 */
final class ScheduleValidation implements EarlyValidation {
    static final String NOT_ACCEPTED = "not a schedule that Kubernetes accepts: ";

    private final @Nullable Span minInterval;

    ScheduleValidation(PolicyNode parameters) {
        parameters.only("action", "minInterval");
        minInterval = parameters.at("minInterval").span().orElse(null);
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field field = pipeline.spec().at("schedule");
        String text = field.asText().orElse("");
        if (text.isEmpty()) {
            findings.early().required(field, "the manifest names none, and none is filled in");
        } else if (HashedSchedule.isHashed(text)
                && HashedSchedule.resolve(text, "", "") instanceof HashedSchedule.Refused refused) {
            findings.early().invalid(field, NOT_ACCEPTED + refused.why());
        } else if (pipeline.schedule() instanceof CronSchedule.Refused refused) {
            findings.early().invalid(field, NOT_ACCEPTED + refused.why());
        } else {
            pipeline.timing().ifPresent(timing -> check(field, timing, findings));
        }
    }

    private void check(Field field, Timing timing, Findings findings) {
        CronSchedule schedule = timing.schedule();
        if (timing.neverFires()) {
            findings.invalid(field, "never fires within " + CronSchedule.YEARS_AHEAD + " years");
        }
        for (OddStep step : schedule.oddSteps()) {
            boolean oversized = step.kind() == OddStep.Kind.LARGER_THAN_RANGE;
            (oversized ? findings : findings.warning()).invalid(field, step.why());
        }
        if (schedule.firesWithinAMinute()) {
            findings.warning().invalid(field, "Kubernetes starts one run a minute at most; write @every 1m");
        }
        if (minInterval != null) {
            timing.closerThan(minInterval.seconds())
                    .ifPresent(gap -> findings.invalid(
                            field, "runs are " + Timing.shown(gap) + ": at least " + minInterval + " is asked for"));
        }
    }
}
