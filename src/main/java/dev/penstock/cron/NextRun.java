package dev.penstock.cron;

import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The search for a schedule's next run: month, then day, hour, minute, each moved on until it matches, and from the
 * start again when that turned the year, month, day or hour.
 *
 * <p>The steps are those of robfig/cron, since around a change of the clocks they decide which runs there are: an hour
 * is an hour of elapsed time, and only an hour that begins at 0 is taken for a new day.
 */
final class NextRun {

    private final CalendarSchedule schedule;
    private final int lastYear;
    private WallTime time;
    /**
     * Whether the time was moved to the start of the unit that did not match. Once is enough: later moves keep to it.
     */
    private boolean aligned;

    NextRun(CalendarSchedule schedule, ZonedDateTime after) {
        this.schedule = schedule;
        this.time = WallTime.of(after).plusSeconds(1);
        this.lastYear = time.clock().getYear() + CronSchedule.YEARS_AHEAD;
    }

    Optional<WallTime> find() {
        while (time.clock().getYear() <= lastYear) {
            if (reachesMonth() && reachesDay() && reachesHour() && reachesMinute() && isAtSecondZero()) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    private boolean reachesMonth() {
        while (!schedule.matchesMonth(time.clock())) {
            time = (aligned ? time : time.startOfMonth()).plusMonth();
            aligned = true;
            if (time.clock().getMonthValue() == 1) {
                return false;
            }
        }
        return true;
    }

    private boolean reachesDay() {
        while (!schedule.matchesDay(time.clock())) {
            time = atMidnight((aligned ? time : time.startOfDay()).plusDay());
            aligned = true;
            if (time.clock().getDayOfMonth() == 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the clocks skip midnight, the time is at 23 or 1 o'clock now; the hours to 0 are counted as if they did
     * not.
     */
    private static WallTime atMidnight(WallTime time) {
        int hour = time.clock().getHour();
        return time.plusSeconds(3600L * (hour > 12 ? 24 - hour : -hour));
    }

    private boolean reachesHour() {
        while (!schedule.matchesHour(time.clock())) {
            WallTime hour = aligned ? time : time.startOfHour();
            time = hour.plusSteps(3600, schedule.hoursToGo(hour.clock()));
            aligned = true;
            if (time.clock().getHour() == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean reachesMinute() {
        while (!schedule.matchesMinute(time.clock())) {
            WallTime minute = aligned ? time : time.truncatedToMinute();
            time = minute.plusSteps(60, schedule.minutesToGo(minute.clock()));
            aligned = true;
            if (time.clock().getMinute() == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isAtSecondZero() {
        int second = time.clock().getSecond();
        if (second == 0) {
            return true;
        }
        time = time.plusSeconds(60 - second);
        aligned = true;
        return false;
    }
}
