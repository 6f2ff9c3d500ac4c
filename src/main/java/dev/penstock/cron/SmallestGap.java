package dev.penstock.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The search for the two consecutive runs that are closest in elapsed time.
 *
 * <p>Exact, and without trying each run. Between changes of the clocks two runs are as far apart as the clocks show, so
 * that the closest times of a day and the closest days are enough; around each change the runs are looked up.
 * It ends as soon as no two runs could be closer: at once for what fires daily, or several times an hour.
 */
final class SmallestGap {
    private static final int DAY = 24 * 60;

    private final CalendarSchedule schedule;
    private final TimesOfDay times;
    private final ZonedDateTime start;
    private final ZonedDateTime end;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final TimesOfDay.@Nullable Pair inADay;
    private final int overnight; // from one day to the next
    private final int leastShown;
    private @Nullable Gap closest;
    private long minutes = Long.MAX_VALUE;

    SmallestGap(CalendarSchedule schedule, ZonedDateTime start) {
        this.schedule = schedule;
        this.times = schedule.times();
        this.start = start;
        this.zone = start.getZone();
        this.rules = zone.getRules();
        this.inADay = times.closest().orElse(null);
        this.overnight = DAY - times.last() + times.first();
        this.leastShown = inADay == null ? overnight : Math.min(overnight, inADay.length());
        this.end = start.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS).plusYears(CronSchedule.YEARS_AHEAD + 1L);
    }

    Optional<Gap> find() {
        overTheCalendar();
        if (!rules.isFixedOffset()) {
            overTheClockChanges();
        }
        return Optional.ofNullable(closest);
    }

    private void overTheCalendar() {
        MatchingDays matching = schedule.days();
        LocalDate before = null;
        for (YearMonth month = YearMonth.from(start);
                month.isBefore(YearMonth.from(end));
                month = month.plusMonths(1)) {
            for (long days = matching.of(month); days != 0; days &= days - 1) {
                LocalDate day = month.atDay(Long.numberOfTrailingZeros(days));
                if (inADay != null && inADay.length() < minutes) {
                    consider(ClockRuns.at(day, inADay.from()), ClockRuns.at(day, inADay.to()));
                }
                if (before != null && overnight + DAY * (day.toEpochDay() - before.toEpochDay() - 1) < minutes) {
                    consider(ClockRuns.at(before, times.last()), ClockRuns.at(day, times.first()));
                }
                if (minutes <= leastShown) {
                    return;
                }
                before = day;
            }
        }
    }

    /** A time that the clocks skip or repeat is left to {@link #overTheClockChanges()}. */
    private void consider(LocalDateTime from, LocalDateTime to) {
        if (rules.getValidOffsets(from).size() == 1 && rules.getValidOffsets(to).size() == 1) {
            consider(from.atZone(zone), to.atZone(zone));
        }
    }

    private void consider(ZonedDateTime from, ZonedDateTime to) {
        Gap gap = new Gap(from, to);
        if (from.isAfter(start) && to.isBefore(end) && gap.length().toMinutes() < minutes) {
            minutes = gap.length().toMinutes();
            closest = gap;
        }
    }

    private void overTheClockChanges() {
        for (Crossing crossing : Crossing.between(schedule, start, end)) {
            if (minutes > crossing.atLeast(leastShown)) {
                over(crossing);
            }
        }
    }

    private void over(Crossing crossing) {
        ZonedDateTime run = crossing.lastRunBefore().orElse(null);
        ZonedDateTime next = crossing.firstRunAfter().orElse(null);
        ZonedDateTime last =
                crossing.isPlain() ? crossing.time() : crossing.time().plusHours(Crossing.HOURS);
        while (run != null && next != null && run.isBefore(last)) {
            consider(run, next);
            run = next;
            next = run.isBefore(last) ? schedule.next(run).orElse(null) : null;
        }
    }
}
