package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cron.CronSchedule.Accepted;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallestGapTest {
    private static final int ENOUGH_RUNS = 5_000;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        each minute               | * * * * *            | UTC              | PT1M
        each quarter              | */15 * * * *         | UTC              | PT15M
        an uneven step            | */7 * * * *          | UTC              | PT4M
        over the hour             | 0,50 * * * *         | UTC              | PT10M
        within an hour            | 0,50 1 * * *         | UTC              | PT50M
        over hours                | 50 1,2 * * *         | UTC              | PT1H
        over midnight             | 0 0,23 * * *         | UTC              | PT1H
        each day                  | 0 1 * * *            | UTC              | PT24H
        every other day           | 0 0 */2 * *          | UTC              | PT24H
        a weekday                 | 0 0 * * 1            | UTC              | PT168H
        a weekday or the 1st      | 0 0 1 * 1            | UTC              | PT24H
        each month                | 0 0 1 * *            | UTC              | PT672H
        each year                 | 0 0 1 1 *            | UTC              | PT8760H
        a leap day, once          | 0 0 29 2 *           | UTC              | -
        never                     | 0 0 31 2 *           | UTC              | -
        nothing                   | , * * * *            | UTC              | -
        a delay                   | @every 90m           | UTC              | PT1H30M
        a delay below zero        | @every -1h           | UTC              | PT1S
        each day, over spring     | 0 1 * * *            | Europe/Berlin    | PT23H
        twice on an autumn night  | 30 2 * * *           | Europe/Berlin    | PT1H
        nearly twice an hour      | 0,59 2 * * *         | Europe/Berlin    | PT1M
        tomorrow, but not from today | 0 1 1,2 3 *       | UTC              | PT24H
        each quarter, clocks or not | */15 * * * *       | Europe/Berlin    | PT15M
        half an hour twice        | 45 1 * * *           | Australia/Lord_Howe | PT30M
        up to the last one        | 50 3 * * *           | Pacific/Chatham  | PT24H
        each half year            | 0 0 1 1,7 *          | Europe/Berlin    | PT4343H
        a winter and a summer     | 0 0 1 2,9 *          | Europe/Berlin    | PT3673H
        a delay does not care     | @every 1h            | Europe/Berlin    | PT1H
        """)
    void isExact(String story, String schedule, String zone, String length) {
        Optional<Gap> gap = schedule(schedule).smallestGap(now(zone));
        assertThat(gap.map(Gap::length).map(Duration::toString).orElse("-")).isEqualTo(length);
    }

    @Test
    void namesTheRuns() {
        Gap gap = schedule("30 2 * * *").smallestGap(now("Europe/Berlin")).orElseThrow();
        assertThat(gap.from()).isEqualTo("2026-10-25T02:30+02:00[Europe/Berlin]");
        assertThat(gap.to()).isEqualTo("2026-10-25T02:30+01:00[Europe/Berlin]");
        assertThat(gap.isOverClockChange()).isTrue();
    }

    /** Against each run of some years, one after the other, as Kubernetes finds them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "America/Havana",
                "Asia/Beirut",
                "Africa/Cairo",
                "Australia/Lord_Howe",
                "Africa/Casablanca",
                "Pacific/Chatham",
                "America/Santiago"
            })
    void isThatOfTheClosestRuns(String zone) {
        ScheduleGenerator generator = new ScheduleGenerator(zone.hashCode());
        int compared = 0;
        for (int i = 0; i < 500; i++) {
            String text = generator.next();
            if (CronSchedule.parse(text) instanceof Accepted accepted) {
                Duration searched = searched(accepted.schedule(), now(zone));
                if (searched != null) {
                    compared++;
                    assertThat(accepted.schedule().smallestGap(now(zone)).map(Gap::length))
                            .as("%s in %s", text, zone)
                            .isEqualTo(Optional.of(searched).filter(gap -> !gap.isZero()));
                }
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    /** Zero where fewer than two runs come; null where there are too many to try. */
    private static @Nullable Duration searched(CronSchedule schedule, ZonedDateTime now) {
        Duration smallest = Duration.ZERO;
        ZonedDateTime run = schedule.next(now).orElse(null);
        for (int i = 0; i < ENOUGH_RUNS && run != null; i++) {
            ZonedDateTime next = schedule.next(run).orElse(null);
            if (next == null || next.getYear() > now.getYear() + CronSchedule.YEARS_AHEAD) {
                return smallest;
            }
            Duration gap = Duration.between(run, next);
            smallest = smallest.isZero() || gap.compareTo(smallest) < 0 ? gap : smallest;
            run = next;
        }
        return run == null ? smallest : null;
    }

    private static ZonedDateTime now(String zone) {
        return ZonedDateTime.of(2026, 3, 1, 12, 0, 0, 0, ZoneId.of(zone));
    }

    private static CronSchedule schedule(String text) {
        return ((Accepted) CronSchedule.parse(text)).schedule();
    }
}
