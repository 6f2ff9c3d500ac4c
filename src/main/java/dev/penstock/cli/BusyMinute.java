package dev.penstock.cli;

import dev.penstock.cron.Week;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * A minute in which pipelines run.
 *
 * @param days on which it comes
 * @param pipelines that run in it on each of these days
 */
record BusyMinute(LocalTime time, List<DayOfWeek> days, List<String> pipelines) {
    /** @param minute of the {@link Week} */
    static BusyMinute of(int minute, List<String> pipelines) {
        LocalTime time = LocalTime.ofSecondOfDay(minute % Week.DAY * 60L);
        return new BusyMinute(time, List.of(DayOfWeek.of(minute / Week.DAY + 1)), pipelines);
    }

    /** Whether it is the same one of another day. */
    boolean isLike(BusyMinute other) {
        return time.equals(other.time) && pipelines.equals(other.pipelines);
    }

    /** With the days of another. */
    BusyMinute and(BusyMinute other) {
        List<DayOfWeek> both =
                Stream.concat(days.stream(), other.days.stream()).sorted().toList();
        return new BusyMinute(time, both, pipelines);
    }
}
