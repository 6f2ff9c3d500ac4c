package dev.penstock.cron;

import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Five fields. The masks have a bit for each value at which the field matches: bit 0 is minute 0, hour 0, Sunday; days
 * of the month and months begin at bit 1.
 *
 * @param eitherDay whether it is enough that one of the two day fields matches: both are restricted, neither has an
 *     open {@code *}
 */
record CalendarSchedule(
        long minutes,
        long hours,
        long daysOfMonth,
        long months,
        long daysOfWeek,
        boolean eitherDay,
        List<OddStep> oddSteps)
        implements CronSchedule {

    CalendarSchedule {
        oddSteps = List.copyOf(oddSteps);
    }

    CalendarSchedule withMinutes(long other) {
        return new CalendarSchedule(other, hours, daysOfMonth, months, daysOfWeek, eitherDay, oddSteps);
    }

    @Override
    public Optional<ZonedDateTime> next(ZonedDateTime after) {
        if (isNever()) {
            return Optional.empty(); // no need to try five years of minutes
        }
        return found(after).filter(run -> run.isAfter(after));
    }

    /** Between two passes of the clocks over the same minutes it may come before the moment, and is none the less found again. */
    @Override
    public boolean neverFires(ZonedDateTime from) {
        return isNever()
                || found(from)
                        .filter(run -> run.getYear() <= from.getYear() + YEARS_AHEAD)
                        .isEmpty();
    }

    private Optional<ZonedDateTime> found(ZonedDateTime after) {
        return new NextRun(this, after).find().map(time -> time.instant().atZone(after.getZone()));
    }

    @Override
    public Optional<Gap> smallestGap(ZonedDateTime from) {
        return isNever() ? Optional.empty() : new SmallestGap(this, from).find();
    }

    @Override
    public Optional<ClockChange> clockChange(ZonedDateTime from) {
        if (isNever() || from.getZone().getRules().isFixedOffset()) {
            return Optional.empty();
        }
        List<Crossing> crossings = Crossing.between(this, from, from.plusYears(1));
        return Stream.concat(
                        crossings.stream().flatMap(crossing -> crossing.end().stream()),
                        crossings.stream().flatMap(crossing -> crossing.effect().stream()))
                .findFirst();
    }

    /** A list of empty items, such as {@code ,}, matches nothing. */
    boolean isNever() {
        return minutes == 0 || hours == 0 || months == 0;
    }

    /** Asked of a schedule that has some. */
    TimesOfDay times() {
        return new TimesOfDay(hours, minutes);
    }

    MatchingDays days() {
        return new MatchingDays(this);
    }

    boolean matchesMonth(LocalDateTime clock) {
        return has(months, clock.getMonthValue());
    }

    boolean matchesDay(LocalDateTime clock) {
        boolean dayOfMonth = has(daysOfMonth, clock.getDayOfMonth());
        boolean dayOfWeek = has(daysOfWeek, clock.getDayOfWeek().getValue() % 7);
        return eitherDay ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek;
    }

    boolean matchesHour(LocalDateTime clock) {
        return has(hours, clock.getHour());
    }

    boolean matchesMinute(LocalDateTime clock) {
        return has(minutes, clock.getMinute());
    }

    /** How many hours it is to the next one that matches, or to midnight. */
    int hoursToGo(LocalDateTime clock) {
        return toGo(hours, clock.getHour(), 24);
    }

    /** How many minutes it is to the next one that matches, or to the full hour. */
    int minutesToGo(LocalDateTime clock) {
        return toGo(minutes, clock.getMinute(), 60);
    }

    private static int toGo(long mask, int value, int turn) {
        return Math.min(1 + Long.numberOfTrailingZeros(mask >>> (value + 1)), turn - value);
    }

    private static boolean has(long mask, int value) {
        return (mask >>> value & 1) == 1;
    }
}
