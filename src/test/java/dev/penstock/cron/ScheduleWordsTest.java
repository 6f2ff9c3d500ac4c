package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cron.CronSchedule.Accepted;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleWordsTest {
    private static final ZonedDateTime START = ZonedDateTime.parse("2026-02-20T00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        * * * * *            | every minute
        */15 * * * *         | every 15 minutes
        0,30 * * * *         | every 30 minutes
        */15 * * * 1-5       | every 15 minutes, Monday to Friday
        0 * * * *            | at minute 0 of every hour
        5,35 * * * *         | at minutes 5 and 35 of every hour
        7/15 * * * *         | at minutes 7, 22, 37 and 52 of every hour
        1/2 * * * *          | at every 2nd minute from 1 to 59 of every hour
        0-29,45 * * * *      | at minutes 0 to 29 and 45 of every hour
        0 1 * * *            | at 01:00 every day
        30 1,13 * * *        | at 01:30 and 13:30 every day
        0 */6 * * *          | at 00:00, 06:00, 12:00 and 18:00 every day
        0,20,40 1,2 * * *    | at 01:00, 01:20, 01:40, 02:00, 02:20 and 02:40 every day
        5 */2 * * *          | every 2 hours from 00:05 to 22:05, every day
        0 8-17 * * 1-5       | every hour from 08:00 to 17:00, Monday to Friday
        */15 8-17 * * *      | every 15 minutes from 08:00 to 17:45, every day
        * 2 * * *            | every minute from 02:00 to 02:59, every day
        */15 1,4,9 * * *     | every 15 minutes of hours 1, 4 and 9, every day
        5,25 8-12 * * *      | at minutes 5 and 25 of hours 8 to 12 every day
        * */2 * * *          | every minute of every 2nd hour from 0 to 22, every day
        0 6 * * 0            | at 06:00 on every Sunday
        0 6 * * SAT,SUN      | at 06:00 on every Saturday and Sunday
        0 6 * * 5-6,0-1      | at 06:00 on every Monday and Friday to Sunday
        0 6 1 * *            | at 06:00 on day 1 of the month
        0 6 1,15 * *         | at 06:00 on days 1 and 15 of the month
        0 6 1-7 3-5 *        | at 06:00 on days 1 to 7 of March to May
        0 0 1 */3 *          | at 00:00 on day 1 of January, April, July and October
        0 0 1 */2 *          | at 00:00 on day 1 of every 2nd month from January to November
        0 0 * 1 *            | at 00:00 every day in January
        */15 * * 1 *         | every 15 minutes, every day in January
        0 0 * 6-8 MON        | at 00:00 on every Monday in June to August
        @daily               | at 00:00 every day
        @yearly              | at 00:00 on day 1 of January
        @weekly              | at 00:00 on every Sunday
        @hourly              | at minute 0 of every hour
        @every 90m           | every 1 hour and 30 minutes from its creation on
        @every 1h            | every hour from its creation on
        @every 36h1m1s       | every 36 hours, 1 minute and 1 second from its creation on
        """)
    void tellsWhatIsMeant(String schedule, String words) {
        assertThat(ScheduleWords.of(accepted(schedule))).isEqualTo(words);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        hourly                         | */90 * * * *   | at minute 0 of every hour
        uneven                         | */7 * * * *    | at every 7th minute from 0 to 56 of every hour
        uneven over midnight           | 0 */5 * * *    | every 5 hours from 00:00 to 20:00, every day
        uneven over the month          | 0 0 */2 * *    | at 00:00 on every 2nd day from 1 to 31 of the month
        uneven over the week           | 0 0 * * */2    | at 00:00 on every Tuesday, Thursday, Saturday and Sunday
        an empty item                  | 1,2,,3 * * * * | at minutes 1 to 3 of every hour
        what follows a star            | *-5 * * * *    | every minute
        a sign                         | +5 * * * *     | at minute 5 of every hour
        a blank in front               | ` 0 1 * * *`   | at 01:00 every day
        a delay below a second         | @every -1h     | every second from its creation on
        either day                     | 0 0 1 * MON    | at 00:00 on day 1 of the month, and also on every Monday
        either day of some months      | 0 0 1-7 1,2 1-5 | at 00:00 on days 1 to 7 of January and February, and also Monday to Friday in January and February
        either day, but one is open    | 0 0 */1 * MON  | at 00:00 on every Monday
        either day, and one is full    | 0 0 1-31 * MON | at 00:00 every day
        either day, and one is empty   | 0 0 , * MON    | at 00:00 on every Monday
        a day that no month has        | 0 0 31 2 *     | at 00:00 on day 31 of February
        no minute                      | , * * * *      | never
        no day                         | 0 0 , * *      | never
        no day of either               | 0 0 , * ,      | never
        """)
    void tellsWhatItDoesAndNotWhatItSeemsToSay(String story, String schedule, String words) {
        assertThat(ScheduleWords.of(accepted(schedule))).isEqualTo(words);
    }

    @Test
    void tellsTheSameAlways() {
        assertThat(randomSchedules(2_000))
                .allSatisfy(schedule -> assertThat(ScheduleWords.of(schedule))
                        .isNotBlank()
                        .doesNotContain("\n", "  ")
                        .isEqualTo(ScheduleWords.of(schedule)));
    }

    @Test
    void whatIsToldAlikeFiresAlike() {
        Map<String, CronSchedule> told = new HashMap<>();
        int compared = 0;
        for (CronSchedule schedule : randomSchedules(4_000)) {
            CronSchedule other = told.putIfAbsent(ScheduleWords.of(schedule), schedule);
            if (other != null && !other.equals(schedule)) {
                assertThat(runs(schedule)).as(ScheduleWords.of(schedule)).isEqualTo(runs(other));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    /** The nearest neighbours: one value more or less in one field, and the day fields taken together the other way. */
    @Test
    void whatFiresOtherwiseIsToldOtherwise() {
        int others = 0;
        for (CronSchedule schedule : randomSchedules(1_000)) {
            if (schedule instanceof CalendarSchedule calendar) {
                for (CalendarSchedule near : neighbours(calendar)) {
                    if (!sameTimes(calendar, near)) {
                        assertThat(ScheduleWords.of(near))
                                .as("%s and %s", calendar, near)
                                .isNotEqualTo(ScheduleWords.of(calendar));
                        others++;
                    }
                }
            }
        }
        assertThat(others).isGreaterThan(50_000);
    }

    private static List<CalendarSchedule> neighbours(CalendarSchedule of) {
        List<CalendarSchedule> neighbours = new ArrayList<>();
        for (CronField field : CronField.values()) {
            for (int value = field.min(); value <= field.max(); value++) {
                long bit = 1L << value;
                neighbours.add(new CalendarSchedule(
                        of.minutes() ^ (field == CronField.MINUTE ? bit : 0),
                        of.hours() ^ (field == CronField.HOUR ? bit : 0),
                        of.daysOfMonth() ^ (field == CronField.DAY_OF_MONTH ? bit : 0),
                        of.months() ^ (field == CronField.MONTH ? bit : 0),
                        of.daysOfWeek() ^ (field == CronField.DAY_OF_WEEK ? bit : 0),
                        // A field that is open has all of its values.
                        of.eitherDay() || field == CronField.DAY_OF_MONTH || field == CronField.DAY_OF_WEEK,
                        List.of()));
            }
        }
        return neighbours;
    }

    /** Whether both fire at the same minutes of four years, one of them a leap year. */
    private static boolean sameTimes(CalendarSchedule one, CalendarSchedule other) {
        boolean same = one.minutes() == other.minutes() && one.hours() == other.hours();
        boolean never = true;
        boolean otherNever = true;
        for (int month = 0; month < 48; month++) {
            long days = one.days().of(YearMonth.of(2026, 1).plusMonths(month));
            long otherDays = other.days().of(YearMonth.of(2026, 1).plusMonths(month));
            same &= days == otherDays;
            never &= days == 0;
            otherNever &= otherDays == 0;
        }
        never |= one.minutes() == 0 || one.hours() == 0;
        otherNever |= other.minutes() == 0 || other.hours() == 0;
        return same || (never && otherNever);
    }

    /** The runs of three weeks, and of what runs rarely the next ten. */
    private static List<ZonedDateTime> runs(CronSchedule schedule) {
        List<ZonedDateTime> runs = new ArrayList<>();
        ZonedDateTime end = START.plusWeeks(3);
        ZonedDateTime run = schedule.next(START).orElse(null);
        while (run != null && (runs.size() < 10 || run.isBefore(end)) && runs.size() < 3 * 7 * 24 * 60) {
            runs.add(run);
            run = schedule.next(run).orElse(null);
        }
        return runs;
    }

    private static List<CronSchedule> randomSchedules(int count) {
        return Stream.generate(new ScheduleGenerator(11)::next)
                .map(CronSchedule::parse)
                .filter(Accepted.class::isInstance)
                .map(parsed -> ((Accepted) parsed).schedule())
                .limit(count)
                .toList();
    }

    private static CronSchedule accepted(String text) {
        return ((Accepted) CronSchedule.parse(text)).schedule();
    }
}
