package dev.penstock.rules;

import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.Gap;
import dev.penstock.cron.TimeZones;
import dev.penstock.policy.Span;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When a pipeline runs.
 *
 * @param schedule its schedule
 * @param now the time of the review, in the zone in which Kubernetes reads the schedule
 */
record Timing(CronSchedule schedule, ZonedDateTime now) {

    /** The pipeline's; empty where Kubernetes does not accept its schedule. */
    static Optional<Timing> of(Pipeline pipeline) {
        return pipeline.spec()
                .at("schedule")
                .asText()
                .flatMap(text -> CronSchedule.parse(text) instanceof CronSchedule.Accepted accepted
                        ? Optional.of(new Timing(accepted.schedule(), now(pipeline)))
                        : Optional.empty());
    }

    /** Without a time zone that there is, Kubernetes reads a schedule in the controller's, mostly UTC, as is done here. */
    static ZonedDateTime now(Pipeline pipeline) {
        ZoneId zone =
                pipeline.spec().at("timeZone").asText().flatMap(TimeZones::find).orElse(ZoneOffset.UTC);
        return pipeline.now().atZone(zone);
    }

    /** The two runs that are closest to one another, where they are closer than a number of seconds. */
    Optional<Gap> closerThan(long seconds) {
        return schedule.smallestGap(now).filter(gap -> gap.length().toSeconds() < seconds);
    }

    /** How far two runs are apart, in a sentence, and when, where another day's are not. */
    static String shown(Gap gap) {
        String length = Span.of(gap.length()).toString();
        return gap.isOverClockChange()
                ? length + " apart over the clock change of " + gap.to().toLocalDate()
                : length + " apart";
    }
}
