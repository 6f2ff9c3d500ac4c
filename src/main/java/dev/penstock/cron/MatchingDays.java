package dev.penstock.cron;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * The days on which a schedule fires, by the calendar alone.
 *
 * <p>A month is one mask, so that five years are sixty steps and not two thousand.
 */
final class MatchingDays {
    // Leap days are up to eight years apart, over a year like 2100.
    private static final int MONTHS = 12 * 8 + 1;

    private final CalendarSchedule schedule;

    MatchingDays(CalendarSchedule schedule) {
        this.schedule = schedule;
    }

    /** A bit for each day of the month on which it fires; bit 1 is the first. */
    long of(YearMonth month) {
        if ((schedule.months() >>> month.getMonthValue() & 1) == 0) {
            return 0;
        }
        int weekday = month.atDay(1).getDayOfWeek().getValue() % 7; // Sunday is 0
        long week = schedule.daysOfWeek() & 0x7f;
        // The week as it begins on the first of the month, five times over: bit 0 is the first.
        long turned = ((week >>> weekday) | (week << (7 - weekday))) & 0x7f;
        long byWeek = (turned | (turned << 7) | (turned << 14) | (turned << 21) | (turned << 28)) << 1;
        long byMonth = schedule.daysOfMonth();
        long days = schedule.eitherDay() ? byMonth | byWeek : byMonth & byWeek;
        return days & ((1L << (month.lengthOfMonth() + 1)) - 2);
    }

    /** The first one that is not before a day; {@link LocalDate#MAX} where there is none within reach. */
    LocalDate earliest(LocalDate day) {
        YearMonth month = YearMonth.from(day);
        long days = of(month) & ~((1L << day.getDayOfMonth()) - 1);
        for (int ahead = 0; days == 0 && ahead < MONTHS; ahead++) {
            month = month.plusMonths(1);
            days = of(month);
        }
        return days == 0 ? LocalDate.MAX : month.atDay(Long.numberOfTrailingZeros(days));
    }

    /** The last one that is not after a day; {@link LocalDate#MIN} where there is none within reach. */
    LocalDate latest(LocalDate day) {
        YearMonth month = YearMonth.from(day);
        long days = of(month) & ((1L << (day.getDayOfMonth() + 1)) - 1);
        for (int back = 0; days == 0 && back < MONTHS; back++) {
            month = month.minusMonths(1);
            days = of(month);
        }
        return days == 0 ? LocalDate.MIN : month.atDay(63 - Long.numberOfLeadingZeros(days));
    }
}
