package dev.penstock.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;

/**
 * A moment, to the second, and what the clocks of a zone show then. Follows Go's {@code time} where that differs from
 * {@code java.time}: which moment is meant by a time that the clocks skip or show twice.
 */
final class WallTime {

    private final ZoneRules rules;
    private final long epochSecond;
    private final LocalDateTime clock;

    private WallTime(ZoneRules rules, long epochSecond) {
        this.rules = rules;
        this.epochSecond = epochSecond;
        this.clock = LocalDateTime.ofEpochSecond(epochSecond, 0, offset(rules, epochSecond));
    }

    static WallTime of(ZonedDateTime time) {
        return new WallTime(time.getZone().getRules(), time.toEpochSecond());
    }

    /** What the clocks show. */
    LocalDateTime clock() {
        return clock;
    }

    Instant instant() {
        return Instant.ofEpochSecond(epochSecond);
    }

    WallTime plusSeconds(long seconds) {
        return new WallTime(rules, epochSecond + seconds);
    }

    /** Several steps at once, or only the first when the clocks are changed on the way. */
    WallTime plusSteps(long seconds, int steps) {
        WallTime moved = plusSeconds(seconds * steps);
        boolean unchanged = moved.clock.equals(clock.plusSeconds(seconds * steps));
        return unchanged ? moved : plusSeconds(seconds);
    }

    /**
     * The moment at which the clocks show another time, by the rule of Go's {@code time.Date}: the offset is looked up
     * as if the clocks showed UTC, and once more with what that gave.
     */
    WallTime at(LocalDateTime shown) {
        long second = shown.toEpochSecond(ZoneOffset.UTC);
        int guess = offset(rules, second).getTotalSeconds();
        int offset = guess == 0 ? 0 : offset(rules, second - guess).getTotalSeconds();
        return new WallTime(rules, second - offset);
    }

    /** The start of the minute of elapsed time, whatever the offset: Go's {@code Truncate}. */
    WallTime truncatedToMinute() {
        return new WallTime(rules, epochSecond - Math.floorMod(epochSecond, 60L));
    }

    WallTime startOfHour() {
        return at(clock.truncatedTo(ChronoUnit.HOURS));
    }

    WallTime startOfDay() {
        return at(clock.truncatedTo(ChronoUnit.DAYS));
    }

    WallTime startOfMonth() {
        return at(clock.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1));
    }

    /** A month later. A day that this month does not have counts on into the one after: Go's {@code AddDate}. */
    WallTime plusMonth() {
        return at(clock.withDayOfMonth(1).plusMonths(1).plusDays(clock.getDayOfMonth() - 1L));
    }

    /** The same time on the next day; on the one after where the zone skipped that day, as Samoa did in 2011. */
    WallTime plusDay() {
        WallTime next = at(clock.plusDays(1));
        return next.epochSecond > epochSecond ? next : at(clock.plusDays(2));
    }

    private static ZoneOffset offset(ZoneRules rules, long epochSecond) {
        return rules.getOffset(Instant.ofEpochSecond(epochSecond));
    }
}
