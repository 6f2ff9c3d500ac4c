package dev.penstock.rules;

import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.Gap;
import dev.penstock.cron.TimeZones;
import dev.penstock.policy.Span;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a pipeline runs. Whether it ever does, and how close two runs come, is searched for once, however many policies ask.
 *
 * <p>Not thread-safe: one review, one pipeline.
 */
final class Timing {
    private final CronSchedule schedule;
    private final ZonedDateTime now;
    private @Nullable Boolean neverFires;
    private @Nullable Gap smallestGap;
    private boolean isGapKnown;

    private Timing(CronSchedule schedule, ZonedDateTime now) {
        this.schedule = schedule;
        this.now = now;
    }

    /** Without a time zone that there is, Kubernetes reads a schedule in the controller's, mostly UTC, as is done here. */
    static Timing of(CronSchedule schedule, Pipeline pipeline) {
        ZoneId zone =
                pipeline.spec().at("timeZone").asText().flatMap(TimeZones::find).orElse(ZoneOffset.UTC);
        return new Timing(schedule, pipeline.now().atZone(zone));
    }

    CronSchedule schedule() {
        return schedule;
    }

    /** The time of the review, in the zone in which Kubernetes reads the schedule. */
    ZonedDateTime now() {
        return now;
    }

    /** As {@link CronSchedule#neverFires} has it. */
    boolean neverFires() {
        if (neverFires == null) {
            neverFires = schedule.neverFires(now);
        }
        return neverFires;
    }

    /** The two runs that are closest to one another, where they are closer than a number of seconds. */
    Optional<Gap> closerThan(long seconds) {
        if (!isGapKnown) {
            smallestGap = schedule.smallestGap(now).orElse(null);
            isGapKnown = true;
        }
        return Optional.ofNullable(smallestGap).filter(gap -> gap.length().toSeconds() < seconds);
    }

    /** How far two runs are apart, in a sentence, and when, where another day's are not. */
    static String shown(Gap gap) {
        String length = Span.of(gap.length()).toString();
        return gap.isOverClockChange()
                ? length + " apart over the clock change of " + gap.to().toLocalDate()
                : length + " apart";
    }
}
