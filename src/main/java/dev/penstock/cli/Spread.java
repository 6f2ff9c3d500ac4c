package dev.penstock.cli;

import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.Week;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How the runs of many pipelines lie over a week. A pipeline counts once in each minute in which it runs.
 *
 * <p>Pipelines with the same schedule in the same zone share its runs, so that ten thousand take no longer than their
 * schedules do.
 */
final class Spread {
    private final ZonedDateTime after;
    private final Map<Timetable, Timed> timetables = new LinkedHashMap<>();

    private record Timetable(CronSchedule schedule, ZoneId zone) {}

    private record Timed(BitSet minutes, List<String> pipelines) {}

    /** @param after when the week begins, in the zone whose clocks tell hours and days */
    Spread(ZonedDateTime after) {
        this.after = after;
    }

    /**
     * Adds a pipeline.
     *
     * @param zone in which its schedule is read
     */
    void add(String pipeline, CronSchedule schedule, ZoneId zone) {
        timetables
                .computeIfAbsent(
                        new Timetable(schedule, zone),
                        timetable -> new Timed(Week.runs(schedule, zone, after), new ArrayList<>()))
                .pipelines()
                .add(pipeline);
    }

    /** How many pipelines run in each minute of the {@link Week}. */
    int[] byMinute() {
        int[] counts = new int[Week.MINUTES];
        for (Timed timed : timetables.values()) {
            timed.minutes().stream()
                    .forEach(minute -> counts[minute] += timed.pipelines().size());
        }
        return counts;
    }

    /** How many run in the busiest minute. */
    int most() {
        return IntStream.of(byMinute()).max().orElse(0);
    }

    /**
     * The minutes in which most pipelines run, the busiest first, the earlier in the day first of those that are as busy. The
     * same minute of several days is one where the same pipelines run in it.
     *
     * @param number how many at most; fewer where there are no more with any run
     */
    List<BusyMinute> busiest(int number) {
        int[] counts = byMinute();
        Comparator<Integer> order =
                Comparator.comparing((Integer minute) -> -counts[minute]).thenComparing(minute -> minute % Week.DAY);
        List<Integer> minutes = IntStream.range(0, Week.MINUTES)
                .filter(minute -> counts[minute] > 0)
                .boxed()
                .sorted(order)
                .toList();
        List<BusyMinute> busiest = new ArrayList<>();
        for (int minute : minutes) {
            BusyMinute busy = BusyMinute.of(minute, pipelines(minute));
            OptionalInt like = IntStream.range(0, busiest.size())
                    .filter(i -> busiest.get(i).isLike(busy))
                    .findFirst();
            if (like.isPresent()) {
                busiest.set(like.getAsInt(), busiest.get(like.getAsInt()).and(busy));
            } else if (busiest.size() < number) {
                busiest.add(busy);
            } else if (!busiest.get(number - 1).time().equals(busy.time())) {
                break; // those that are like one come before
            }
        }
        return busiest;
    }

    private List<String> pipelines(int minute) {
        return timetables.values().stream()
                .filter(timed -> timed.minutes().get(minute))
                .flatMap(timed -> timed.pipelines().stream())
                .sorted()
                .toList();
    }
}
