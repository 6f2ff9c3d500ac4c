package dev.penstock.cron;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;

/** A week by the minutes that clocks show in it, from 0 for Monday 00:00. */
public final class Week {
    /** How many minutes a day has. */
    public static final int DAY = 24 * 60;

    /** How many minutes it has. */
    public static final int MINUTES = 7 * DAY;

    private Week() {}

    /**
     * The minutes in which a schedule fires in the seven days after a time, each once, however often it fires in it. Costs
     * some 1 µs a run.
     *
     * @param zone in which the schedule is read
     * @param after in the zone whose clocks show the minutes
     */
    public static BitSet runs(CronSchedule schedule, ZoneId zone, ZonedDateTime after) {
        BitSet minutes = new BitSet(MINUTES);
        ZonedDateTime end = after.plusDays(7);
        ZonedDateTime run = schedule.next(after.withZoneSameInstant(zone)).orElse(null);
        while (run != null && !run.isAfter(end)) {
            minutes.set(minute(run.withZoneSameInstant(after.getZone()).toLocalDateTime()));
            run = schedule.next(run).orElse(null);
        }
        return minutes;
    }

    private static int minute(LocalDateTime time) {
        return (time.getDayOfWeek().getValue() - 1) * DAY + time.getHour() * 60 + time.getMinute();
    }
}
