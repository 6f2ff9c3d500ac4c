package dev.penstock.cron;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a schedule does in words, such as {@code every 15 minutes, Monday to Friday}: by the times at which it fires, not by
 * how it is written, so that {@code *}{@code /90 * * * *} is told as hourly. Schedules that fire at different times are never
 * told alike.
 */
public final class ScheduleWords {
    private static final long EVERY_MINUTE = (1L << 60) - 1;
    private static final long EVERY_DAY_OF_MONTH = (1L << 32) - 2;
    private static final long EVERY_MONTH = (1L << 13) - 2;
    private static final long EVERY_DAY_OF_WEEK = (1L << 7) - 1;
    private static final int MOST_TIMES = 6; // that are listed one by one

    private final CalendarSchedule schedule;
    private final TimesOfDay times;
    private final ValueWords minutes;
    private final ValueWords hours;

    private ScheduleWords(CalendarSchedule schedule) {
        this.schedule = schedule;
        this.times = schedule.times();
        this.minutes = new ValueWords(schedule.minutes());
        this.hours = new ValueWords(schedule.hours());
    }

    /** One line without a full stop. Time zones and changes of the clocks are left to who reads it. */
    public static String of(CronSchedule schedule) {
        if (schedule instanceof CalendarSchedule calendar) {
            return calendar.isNever() || days(calendar).isEmpty() ? "never" : new ScheduleWords(calendar).sentence();
        }
        return every(((EverySchedule) schedule).delay());
    }

    /** A time of day on some days of each week, at least one, as the words of a schedule tell it. */
    public static String at(LocalTime time, Collection<DayOfWeek> days) {
        long mask = days.stream().mapToLong(day -> 1L << day.getValue() % 7).reduce(0, (a, b) -> a | b);
        return of(new CalendarSchedule(
                1L << time.getMinute(), 1L << time.getHour(), EVERY_DAY_OF_MONTH, EVERY_MONTH, mask, false, List.of()));
    }

    /**
     * What an expression with {@code H} does, whoever's it is: the schedules of the first and the last name there could be,
     * as in {@code between "at 02:00 every day" and "at 02:59 every day"}.
     *
     * @return empty when all names have the same schedule, or none
     */
    public static Optional<String> ofHashed(String expression) {
        HashedSchedule.Resolution first = HashedSchedule.first(expression);
        HashedSchedule.Resolution last = HashedSchedule.last(expression);
        return first.equals(last)
                ? Optional.empty()
                : Optional.of("between \"" + of(first) + "\" and \"" + of(last) + "\"");
    }

    private static String of(HashedSchedule.Resolution resolution) {
        return resolution instanceof HashedSchedule.Resolved resolved
                        && CronSchedule.parse(resolved.schedule()) instanceof CronSchedule.Accepted accepted
                ? of(accepted.schedule())
                : "never";
    }

    // Kubernetes counts a delay from the last run, and the first from the CronJob's creation: batch/v1 CronJob
    // controller.
    private static String every(Duration delay) {
        List<String> parts = new ArrayList<>();
        add(parts, delay.toHours(), "hour");
        add(parts, delay.toMinutesPart(), "minute");
        add(parts, delay.toSecondsPart(), "second");
        String length = ValueWords.joined(parts);
        return "every " + (parts.size() == 1 && length.startsWith("1 ") ? length.substring(2) : length)
                + " from its creation on";
    }

    private static void add(List<String> parts, long number, String unit) {
        if (number > 0) {
            parts.add(number + " " + unit + (number == 1 ? "" : "s"));
        }
    }

    private String sentence() {
        String time = timesOfDay();
        String days =
                times.isEveryHour() && isEveryDay(schedule) && schedule.months() == EVERY_MONTH ? "" : days(schedule);
        boolean apart = time.startsWith("every") || !(days.startsWith("on ") || days.startsWith("every "));
        return time + (days.isEmpty() ? "" : apart ? ", " + days : " " + days);
    }

    private String timesOfDay() {
        if (times.isEveryHour()) {
            return isFrequency() ? minutesOfTheHour() : minutesOfTheHour() + " of every hour";
        }
        if (minutes.count() == 1 && hours.isProgression()) {
            return "every " + (hours.step() == 1 ? "hour" : hours.step() + " hours") + fromFirstToLast();
        }
        if (minutes.count() * hours.count() <= MOST_TIMES) {
            return "at " + ValueWords.joined(list());
        }
        boolean inARow = hours.count() == 1 || hours.step() == 1;
        return minutesOfTheHour() + (isFrequency() && inARow ? fromFirstToLast() : " of " + hours.numbered("hour"));
    }

    /** Whether it fires each so many minutes, also from one hour to the next. */
    private boolean isFrequency() {
        return minutes.first() == 0 && minutes.step() > 0 && minutes.last() + minutes.step() == 60;
    }

    private String minutesOfTheHour() {
        if (schedule.minutes() == EVERY_MINUTE) {
            return "every minute";
        }
        return isFrequency() ? "every " + minutes.step() + " minutes" : "at " + minutes.numbered("minute");
    }

    private String fromFirstToLast() {
        return " from " + shown(times.first()) + " to " + shown(times.last());
    }

    private List<String> list() {
        List<String> list = new ArrayList<>();
        for (int time = times.first(); time >= 0; time = time < times.last() ? times.earliest(time + 1) : -1) {
            list.add(shown(time));
        }
        return list;
    }

    private static String shown(int minuteOfDay) {
        return "%02d:%02d".formatted(minuteOfDay / 60, minuteOfDay % 60);
    }

    /** Empty where there is none. */
    private static String days(CalendarSchedule schedule) {
        boolean everyMonth = schedule.months() == EVERY_MONTH;
        String in = everyMonth ? "" : " in " + months(schedule.months());
        if (isEveryDay(schedule)) {
            return "every day" + in;
        }
        boolean byMonth = schedule.daysOfMonth() != EVERY_DAY_OF_MONTH && schedule.daysOfMonth() != 0;
        boolean byWeek = schedule.daysOfWeek() != EVERY_DAY_OF_WEEK && schedule.daysOfWeek() != 0;
        if (!schedule.eitherDay() && (schedule.daysOfMonth() == 0 || schedule.daysOfWeek() == 0)) {
            return "";
        }
        String ofMonth = byMonth
                ? "on " + new ValueWords(schedule.daysOfMonth()).numbered("day") + " of "
                        + (everyMonth ? "the month" : months(schedule.months()))
                : "";
        String ofWeek = byWeek ? weekdays(schedule.daysOfWeek()) + in : "";
        return ofMonth + (byMonth && byWeek ? ", and also " : "") + ofWeek;
    }

    /** Of two day fields of which one is enough, one that is full is enough; else at least one is full. */
    private static boolean isEveryDay(CalendarSchedule schedule) {
        boolean ofMonth = schedule.daysOfMonth() == EVERY_DAY_OF_MONTH;
        boolean ofWeek = schedule.daysOfWeek() == EVERY_DAY_OF_WEEK;
        return schedule.eitherDay() ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    private static String months(long mask) {
        return new ValueWords(mask)
                .named("month", month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    /** @param mask bit 0 is Sunday, which is told last */
    private static String weekdays(long mask) {
        ValueWords days = new ValueWords(mask >>> 1 | (mask & 1) << 6);
        String list = days.list(day -> DayOfWeek.of(day + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        return days.count() > 2 && days.step() == 1 ? list : "on every " + list;
    }
}
