package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.penstock.cron.CronSchedule.Accepted;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The next runs, each as robfig/cron v3.0.1 gives them. */
class NextRunTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        the minute after          | * * * * *    | 2026-01-01T00:00:00Z | 2026-01-01T00:01Z 2026-01-01T00:02Z
        seconds are passed over   | * * * * *    | 2026-01-01T00:00:59.5Z | 2026-01-01T00:01Z 2026-01-01T00:02Z
        the next year             | 0 0 1 1 *    | 2026-01-01T00:00:00Z | 2027-01-01T00:00Z 2028-01-01T00:00Z
        months without a 31st     | 0 0 31 * *   | 2026-01-31T00:00:00Z | 2026-03-31T00:00Z 2026-05-31T00:00Z
        leap years                | 0 0 29 2 *   | 2026-01-01T00:00:00Z | 2028-02-29T00:00Z 2032-02-29T00:00Z
        over 2100, within reach   | 0 0 29 2 *   | 2099-01-01T00:00:00Z | 2104-02-29T00:00Z 2108-02-29T00:00Z
        over 2100, too far        | 0 0 29 2 *   | 2096-03-01T00:00:00Z | never
        no such day               | 0 0 31 2 *   | 2026-01-01T00:00:00Z | never
        minutes all empty         | , * * * *    | 2026-01-01T00:00:00Z | never
        days all empty            | 0 0 , * *    | 2026-01-01T00:00:00Z | never
        either day field          | 0 0 13 * 5   | 2026-01-05T00:00:00Z | 2026-01-09T00:00Z 2026-01-13T00:00Z
        both, as one is open      | 0 0 ? * 1    | 2026-01-01T00:00:00Z | 2026-01-05T00:00Z 2026-01-12T00:00Z
        open by a step of one     | 0 0 */1 * 1  | 2026-01-01T00:00:00Z | 2026-01-05T00:00Z 2026-01-12T00:00Z
        open by one item          | 0 0 *,13 * 1 | 2026-01-01T00:00:00Z | 2026-01-05T00:00Z 2026-01-12T00:00Z
        not open by a real step   | 0 0 */2 * 1  | 2026-01-01T00:00:00Z | 2026-01-03T00:00Z 2026-01-05T00:00Z
        not open by a full range  | 0 0 1-31 * 1 | 2026-01-01T00:00:00Z | 2026-01-02T00:00Z 2026-01-03T00:00Z
        a delay                   | @every 36h   | 2026-01-01T00:00:00.9Z | 2026-01-02T12:00Z 2026-01-04T00:00Z
        a delay below zero        | @every -1h   | 2026-01-01T00:00:00Z | 2026-01-01T00:00:01Z 2026-01-01T00:00:02Z
        """)
    void comes(String story, String schedule, ZonedDateTime after, String expected) {
        assertThat(twoRuns(schedule, after)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1} after {2}")
    @CsvSource(delimiter = '|', textBlock = """
        skipped in spring         | 30 2 * * *   | 2026-03-28T12:00+01:00[Europe/Berlin]           | 2026-03-30T02:30+02:00 2026-03-31T02:30+02:00
        twice in autumn           | 30 2 * * *   | 2026-10-24T12:00+02:00[Europe/Berlin]           | 2026-10-25T02:30+02:00 2026-10-25T02:30+01:00
        over the missing hour     | */30 * * * * | 2026-03-29T01:30+01:00[Europe/Berlin]           | 2026-03-29T03:00+02:00 2026-03-29T03:30+02:00
        over the double hour      | */30 2 * * * | 2026-10-25T02:00+02:00[Europe/Berlin]           | 2026-10-25T02:30+02:00 2026-10-25T02:00+01:00
        right after the gap       | 0 3 * * *    | 2026-03-28T12:00+01:00[Europe/Berlin]           | 2026-03-29T03:00+02:00 2026-03-30T03:00+02:00
        a delay does not care     | @every 1h    | 2026-03-29T01:30+01:00[Europe/Berlin]           | 2026-03-29T03:30+02:00 2026-03-29T04:30+02:00
        skipped in spring         | 30 2 * * *   | 2026-03-07T12:00-05:00[America/New_York]        | 2026-03-09T02:30-04:00 2026-03-10T02:30-04:00
        twice in autumn           | 30 1 * * *   | 2026-10-31T12:00-04:00[America/New_York]        | 2026-11-01T01:30-04:00 2026-11-01T01:30-05:00
        half an hour skipped      | 15 2 * * *   | 2026-10-03T12:00+10:30[Australia/Lord_Howe]     | 2026-10-05T02:15+11:00 2026-10-06T02:15+11:00
        the other half is there   | 45 2 * * *   | 2026-10-03T12:00+10:30[Australia/Lord_Howe]     | 2026-10-04T02:45+11:00 2026-10-05T02:45+11:00
        half an hour twice        | 45 1 * * *   | 2026-04-04T12:00+11:00[Australia/Lord_Howe]     | 2026-04-05T01:45+11:00 2026-04-05T01:45+10:30
        midnight skipped          | 0 0 * * *    | 2026-03-07T12:00-05:00[America/Havana]          | 2026-03-09T00:00-04:00 2026-03-10T00:00-04:00
        the wrong day, as robfig  | 0 1 * * 6    | 2026-03-07T13:30-05:00[America/Havana]          | 2026-03-08T01:00-04:00 2026-03-14T01:00-04:00
        noon lost, as robfig      | 0 12 * * 0   | 2026-03-27T12:00+02:00[Asia/Beirut]             | 2026-04-05T12:00+03:00 2026-04-12T12:00+03:00
        none later, as robfig     | 50 3 * * *   | 2027-04-03T12:00+13:45[Pacific/Chatham]         | 2027-04-04T02:50+12:45
        a year lost, as robfig    | 0 12 24 4 *  | 2026-04-22T12:00+02:00[Africa/Cairo]            | 2027-04-24T12:00+02:00 2028-04-24T12:00+02:00
        """)
    void followsTheClocks(String story, String schedule, ZonedDateTime after, String expected) {
        String zone = "[" + after.getZone() + "]";
        assertThat(twoRuns(schedule, after).replace(zone, "")).isEqualTo(expected);
    }

    @Test
    void endsWhereTheZoneSkippedAWholeDay() {
        ZonedDateTime after = ZonedDateTime.of(2011, 12, 28, 12, 0, 0, 0, ZoneId.of("Pacific/Apia"));
        // robfig/cron never comes back from this one.
        Optional<ZonedDateTime> next = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> schedule("0 0 5 * *").next(after));
        assertThat(next).hasValueSatisfying(run -> assertThat(run).isEqualTo("2012-01-05T00:00+14:00[Pacific/Apia]"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        a day that no month has   | 0 0 31 2 *      | 2026-01-01T00:00Z | true
        April has 30 days         | 0 0 31 4,6 *    | 2026-01-01T00:00Z | true
        a leap day                | 0 0 29 2 *      | 2026-01-01T00:00Z | false
        a leap day out of reach   | 0 0 29 2 *      | 2096-03-01T00:00Z | true
        an empty list             | 0 , * * *       | 2026-01-01T00:00Z | true
        a weekday instead         | 0 0 31 2 MON    | 2026-01-01T00:00Z | false
        ten years of delay        | @every 87600h   | 2026-01-01T00:00Z | true
        found once more, as robfig | 0 3 * * *      | 2027-04-04T02:45:20+12:45[Pacific/Chatham] | false
        five years of delay       | @every 43800h   | 2026-01-01T00:00Z | false
        """)
    void neverFires(String story, String schedule, ZonedDateTime from, boolean never) {
        assertThat(schedule(schedule).neverFires(from)).isEqualTo(never);
    }

    private static CronSchedule schedule(String text) {
        return ((Accepted) CronSchedule.parse(text)).schedule();
    }

    private static String twoRuns(String text, ZonedDateTime after) {
        CronSchedule schedule = schedule(text);
        Optional<ZonedDateTime> first = schedule.next(after);
        return Stream.of(first, first.flatMap(schedule::next))
                .flatMap(Optional::stream)
                .map(ZonedDateTime::toString)
                .collect(
                        Collectors.collectingAndThen(Collectors.joining(" "), runs -> runs.isEmpty() ? "never" : runs));
    }
}
