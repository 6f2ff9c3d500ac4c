package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cron.CronSchedule.Accepted;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockChangeTest {

    @ParameterizedTest(name = "{0}: {1} in {2} from {3}")
    @CsvSource(delimiter = '|', textBlock = """
        skipped in spring         | 30 2 * * *     | Europe/Berlin       | 2026-03-01 | SKIPPED 2026-03-29T02:30
        repeated in autumn        | 30 2 * * *     | Europe/Berlin       | 2026-06-01 | REPEATED 2026-10-25T02:30
        the hour before           | 59 1 * * *     | Europe/Berlin       | 2026-03-01 | -
        the hour after            | 0 3 * * *      | Europe/Berlin       | 2026-03-01 | -
        by day                    | 0 12 * * *     | Europe/Berlin       | 2026-03-01 | -
        on another weekday        | 30 2 * * 1     | Europe/Berlin       | 2026-03-01 | -
        on that weekday           | 30 2 * * 0     | Europe/Berlin       | 2026-03-01 | SKIPPED 2026-03-29T02:30
        in another month          | 30 2 * 4-9 *   | Europe/Berlin       | 2026-03-01 | -
        not the next, the one after | 30 1 * * *   | America/New_York    | 2026-01-01 | REPEATED 2026-11-01T01:30
        each second hour          | 0 */2 * * *    | Europe/Berlin       | 2026-03-01 | SKIPPED 2026-03-29T02:00
        each hour                 | 0 * * * *      | Europe/Berlin       | 2026-03-01 | -
        each quarter              | */15 * * * *   | Europe/Berlin       | 2026-03-01 | -
        hourly by half an hour    | 15 * * * *     | Australia/Lord_Howe | 2026-09-01 | SKIPPED 2026-10-04T02:15
        a delay                   | @every 1h      | Europe/Berlin       | 2026-03-01 | -
        no daylight saving        | 30 2 * * *     | Asia/Tokyo          | 2026-03-01 | -
        none any more             | 30 2 * * *     | America/Sao_Paulo   | 2026-03-01 | -
        never                     | 30 2 31 2 *    | Europe/Berlin       | 2026-03-01 | -
        midnight skipped          | 0 0 * * *      | America/Havana      | 2026-03-01 | SKIPPED 2026-03-08T00:00
        midnight repeated         | 30 0 * * *     | America/Havana      | 2026-06-01 | REPEATED 2026-11-01T00:30
        noon lost, as robfig      | 0 12 * * 0     | Asia/Beirut         | 2026-03-01 | SKIPPED 2026-03-29T12:00
        a year lost only from within April | 0 12 24 4 * | Africa/Cairo     | 2026-03-01 | -
        the evening before        | 30 23 * * *    | Asia/Beirut         | 2026-06-01 | REPEATED 2026-10-24T23:30
        the end, as robfig        | 50 3 * * *     | Pacific/Chatham     | 2026-12-01 | LAST 2027-04-04T02:50
        the end in its midst      | */15 3 * * *   | Pacific/Chatham     | 2026-06-01 | LAST 2027-04-04T02:45
        a quarter before it       | 44 3 * * *     | Pacific/Chatham     | 2026-12-01 | SKIPPED 2027-09-26T03:44
        more than a year away     | 30 2 28 3 *    | Europe/Berlin       | 2026-03-29 | SKIPPED 2027-03-28T02:30
        """)
    void isTheFirstWithinAYear(String story, String text, String zone, String day, String expected) {
        CronSchedule schedule = ((Accepted) CronSchedule.parse(text)).schedule();
        LocalDateTime noon = LocalDateTime.parse(day + "T12:00");
        assertThat(schedule.clockChange(noon.atZone(ZoneId.of(zone)))
                        .map(change -> change.kind() + " " + change.run())
                        .orElse("-"))
                .isEqualTo(expected);
    }
}
