package dev.penstock.cron;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
     * @return empty when there is none before the sixth new year from {@code after}; and where the search of Kubernetes comes
     *     to a time that is not after it, so that it gives up, as it does with {@code 50 3 * * *} on Chatham in April
     */
    Optional<ZonedDateTime> next(ZonedDateTime after);

    /** The first runs after a moment, each the {@linkplain #next(ZonedDateTime) next} of the one before; fewer where it ends. */
    default List<ZonedDateTime> next(ZonedDateTime after, int count) {
        return Stream.iterate(next(after), Optional::isPresent, run -> run.flatMap(this::next))
                .limit(count)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Whether no run comes after {@code from} in its year or the {@value #YEARS_AHEAD} years that follow:
     * {@code 0 0 31 2 *}.
     */
    default boolean neverFires(ZonedDateTime from) {
        return next(from)
                .filter(run -> run.getYear() <= from.getYear() + YEARS_AHEAD)
                .isEmpty();
    }

    /**
     * Whether it fires more than once a minute, as {@code @every 30s} does. Kubernetes names a Job after its minute, and so starts
     * one of them at most.
     */
    default boolean firesWithinAMinute() {
        return false; // no five fields do
    }

    /**
     * The two consecutive runs that are closest in elapsed time, of those from {@code from} to the end of the year
     * {@value #YEARS_AHEAD} years later, in the zone of {@code from}. Changes of the clocks count: a run at 2:30 that an
     * autumn night repeats comes twice within an hour.
     *
     * <p>Costs about as much as a search for the next run, 1 µs; in a zone with daylight saving 2 µs for a daily run and
     * some 10 for a rarer one, and more in the few zones whose clocks skip midnight or half an hour.
     *
     * @return empty when fewer than two runs come until then
     */
    Optional<Gap> smallestGap(ZonedDateTime from);

    /**
     * What the first change of the clocks within a year, in the zone of {@code from}, that skips or repeats a run does to
     * it; before these one at which the runs end. Skipped are also those that Kubernetes passes over where the clocks skip midnight. A schedule that fires each
     * hour of the day loses and repeats none at other times: a run comes after each hour that passes.
     *
     * @return empty when every run comes once
     */
    Optional<ClockChange> clockChange(ZonedDateTime from);

    /** The steps that do something else than they seem to say, in the order of the text, each once. Mostly empty. */
    List<OddStep> oddSteps();
}
