package dev.penstock.cron;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A schedule as Kubernetes reads it from {@code spec.schedule} of a CronJob: five fields ({@code 0 1 * * *}), a
 * descriptor ({@code @daily}) or a fixed delay ({@code @every 1h30m}). Immutable; two schedules are equal when they
 * fire at the same times and have the same {@linkplain #oddSteps() odd steps}, so {@code @daily} equals
 * {@code 0 0 * * *}.
 *
 * <p>Source: {@code cron.ParseStandard} of robfig/cron v3.0.1, and {@code validateScheduleFormat} in Kubernetes'
 * {@code batch/validation}.
 */
public sealed interface CronSchedule permits CalendarSchedule, EverySchedule {

    /** How many calendar years ahead Kubernetes looks for a run: {@code SpecSchedule.Next} of robfig/cron. */
    int YEARS_AHEAD = 5;

    /** What became of a text: a schedule, or the reason why Kubernetes would refuse it. */
    sealed interface Parsed permits Accepted, Refused {}

    /** Kubernetes accepts the text, and reads it as this schedule. */
    record Accepted(CronSchedule schedule) implements Parsed {}

    /**
     * Kubernetes refuses the text when a CronJob is created.
     *
     * @param why what is wrong and, where that is evident, what would be right: one line without a full stop, such as
     *     {@code day of week 7 is above 6; Sunday is 0}. What it quotes of the text is shortened and free of control
     *     characters
     */
    record Refused(String why) implements Parsed {}

    /**
     * Reads a schedule. Accepts what kube-apiserver accepts on create, and nothing else. Never throws, whatever the
     * text.
     */
    static Parsed parse(String text) {
        return CronParser.parse(text);
    }

    /**
     * The first run after a moment, in the zone of that moment, and to the second.
     *
     * <p>This is the time that Kubernetes computes, daylight saving included: a run in the hour that a spring night
     * skips does not happen that day, a run in the hour that an autumn night repeats happens twice. Where the clocks
     * skip midnight, a whole day may be passed over, as {@code 0 12 * * 0} is in Beirut in March, or be taken for the
     * next. A fixed delay counts from {@code after}.
     *
     * @return empty when there is none before the sixth new year from {@code after}
     */
    Optional<ZonedDateTime> next(ZonedDateTime after);

    /**
     * Whether no run comes after {@code from} in its year or the {@value #YEARS_AHEAD} years that follow:
     * {@code 0 0 31 2 *}.
     */
    default boolean neverFires(ZonedDateTime from) {
        return next(from)
                .filter(run -> run.getYear() <= from.getYear() + YEARS_AHEAD)
                .isEmpty();
    }

    /** The steps that do something else than they seem to say, in the order of the text, each once. Mostly empty. */
    List<OddStep> oddSteps();
}
