package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cron.CronSchedule.Accepted;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        from the middle of it       | 0 1 * * 1,3    | UTC              | 2026-03-03T12:00Z | MONDAY 01:00, WEDNESDAY 01:00
        its last minute             | 0 12 * * *     | UTC              | 2026-03-01T12:00Z | MONDAY 12:00, TUESDAY 12:00, WEDNESDAY 12:00, THURSDAY 12:00, FRIDAY 12:00, SATURDAY 12:00, SUNDAY 12:00
        no other week               | 0 1 15 * *     | UTC              | 2026-03-01T00:00Z | -
        never                       | 0 0 31 2 *     | UTC              | 2026-03-01T00:00Z | -
        on other clocks             | 30 1 * * 1     | Asia/Tokyo       | 2026-03-03T00:00Z | SUNDAY 16:30
        a change of its clocks      | 0 3 * * 6,0    | Europe/Berlin    | 2026-03-23T00:00Z | SATURDAY 02:00, SUNDAY 01:00
        up to the last one          | 50 3 * * *     | Pacific/Chatham  | 2027-04-02T00:00Z | FRIDAY 14:05, SATURDAY 14:05
        a delay                     | @every 100h    | UTC              | 2026-03-01T00:00Z | THURSDAY 04:00
        """)
    void holdsTheMinutesOfItsRuns(String story, String text, String zone, ZonedDateTime after, String expected) {
        assertThat(shown(Week.runs(schedule(text), ZoneId.of(zone), after))).isEqualTo(expected);
    }

    @Test
    void hasEachMinuteOnce() {
        ZonedDateTime after = ZonedDateTime.parse("2026-03-25T07:13:20Z");
        assertThat(Week.runs(schedule("* * * * *"), ZoneId.of("UTC"), after).cardinality())
                .isEqualTo(Week.MINUTES);
        assertThat(Week.runs(schedule("@every 20s"), ZoneId.of("UTC"), after).cardinality())
                .isEqualTo(Week.MINUTES);
    }

    private static String shown(BitSet minutes) {
        return minutes.isEmpty()
                ? "-"
                : minutes.stream()
                        .mapToObj(minute -> "%s %02d:%02d"
                                .formatted(DayOfWeek.of(minute / Week.DAY + 1), minute % Week.DAY / 60, minute % 60))
                        .collect(Collectors.joining(", "));
    }

    private static CronSchedule schedule(String text) {
        return ((Accepted) CronSchedule.parse(text)).schedule();
    }
}
