package dev.penstock.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** The runs of a schedule on a clock that is never changed. */
final class ClockRuns {
    private final MatchingDays days;
    private final TimesOfDay times;

    ClockRuns(CalendarSchedule schedule) {
        this.days = schedule.days();
        this.times = schedule.times();
    }

    /** The first one that is not before a time; null where there is none within eight years. */
    @Nullable
    LocalDateTime earliest(LocalDateTime clock) {
        LocalDate today = clock.toLocalDate();
        LocalDate day = days.earliest(today);
        if (day.equals(today)) {
            int minute = times.earliest(minuteOfDay(clock));
            if (minute >= 0) {
                return at(day, minute);
            }
            day = days.earliest(today.plusDays(1));
        }
        return day.equals(LocalDate.MAX) ? null : at(day, times.first());
    }

    /** The last one that is not after a time; null where there is none within eight years. */
    @Nullable
    LocalDateTime latest(LocalDateTime clock) {
        LocalDate today = clock.toLocalDate();
        LocalDate day = days.latest(today);
        if (day.equals(today)) {
            int minute = times.latest(minuteOfDay(clock));
            if (minute >= 0) {
                return at(day, minute);
            }
            day = days.latest(today.minusDays(1));
        }
        return day.equals(LocalDate.MIN) ? null : at(day, times.last());
    }

    static LocalDateTime at(LocalDate day, int minuteOfDay) {
        return day.atTime(minuteOfDay / 60, minuteOfDay % 60);
    }

    private static int minuteOfDay(LocalDateTime clock) {
        return clock.getHour() * 60 + clock.getMinute();
    }
}
