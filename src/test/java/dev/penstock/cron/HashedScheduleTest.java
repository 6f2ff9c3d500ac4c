package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cron.HashedSchedule.Refused;
import dev.penstock.cron.HashedSchedule.Resolved;
import java.time.Month;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashedScheduleTest {

    /**
     * The test vectors, from a program in another language. They hold in every version: a change here moves every
     * pipeline. SHA-256 of {@code data-science/churn} begins with 189639cb b7aaa384 35164e17 dae26801 33e04fc9: minute
     * H is 0x189639cb * 60 / 2^32 = 5.
     */
    @ParameterizedTest(name = "{0}/{1}")
    @CsvSource(textBlock = """
        data-science, churn, 5 17 6 11 1
        default, pipeline-0, 7 12 7 4 0
        default, pipeline-1, 52 23 13 7 3
        team-a, churn, 23 4 28 10 1
        team-a, nightly-, 46 7 11 9 5
        a, b, 45 4 26 5 0
        münchen, straße, 28 17 2 9 2
        """)
    void staysPutInEveryVersion(String namespace, String name, String resolved) {
        assertThat(HashedSchedule.resolve("H H H H H", namespace, name)).isEqualTo(new Resolved(resolved));
    }

    /** Of data-science/churn, whose points are about 0.10, 0.72, 0.21, 0.86 and 0.20. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        the whole range               | H * * * *              | 5 * * * *
        a range                       | H(30-59) * * * *       | 32 * * * *
        a range of one                | H(7-7) * * * *         | 7 * * * *
        a range of names              | 0 0 * * H(MON-FRI)     | 0 0 * * 2
        a step                        | H/15 * * * *           | 1-59/15 * * * *
        a step in a range             | H(10-39)/10 * * * *    | 10-39/10 * * * *
        a step as large as the range  | H/60 H/24 * * *        | 5 17 * * *
        a step of one is no step      | H/1 H/1 * H/1 H/1      | * * * * *
        a step of one in a range      | H(10-19)/1 * * * *     | 10-19 * * * *
        days that each month has      | 0 0 H/1 * *            | 0 0 1-28 * *
        a month without day 31        | 0 0 31 H *             | 0 0 31 12 *
        a month of a range without it | 0 0 31 H(10-11) *      | 0 0 31 10 *
        a range of months without it  | 0 0 31 H(2-2) *        | 0 0 31 2 *
        steps of months without it    | 0 0 31 H(4-7)/3 *      | 0 0 31 4-7/3 *
        a month with one of the days  | 0 0 30,31 H *          | 0 0 30,31 11 *
        a day of the week in any month | 0 0 31 H MON          | 0 0 31 11 MON
        two ranges keep their distance| H(0-29),H(30-59) * * * * | 2,32 * * * *
        a list                        | H,H(30-59) * * * *     | 5,32 * * * *
        beside what is fixed          | 0,H(30-59) 1-5 * * MON | 0,32 1-5 * * MON
        an hour every night           | H H(0-5) * * *         | 5 4 * * *
        blanks become single          | "  H   1 * * *"        | 5 1 * * *
        nothing to resolve            | "0  1 * * THU"         | "0  1 * * THU"
        a descriptor                  | @daily                 | @daily
        """, quoteCharacter = '"')
    void resolves(String story, String expression, String schedule) {
        assertThat(HashedSchedule.resolve(expression, "data-science", "churn")).isEqualTo(new Resolved(schedule));
        assertThat(CronSchedule.parse(schedule)).isInstanceOf(CronSchedule.Accepted.class);
    }

    /** February has one in four years, and who is stored with it stays there. */
    @ParameterizedTest
    @ValueSource(ints = {29, 30, 31})
    void drawsAMonthThatHasTheDay(int day) {
        for (int i = 0; i < 200; i++) {
            String name = "pipeline-" + i;
            int month = month(HashedSchedule.resolve("0 0 1 H *", "default", name));
            int drawn = month(HashedSchedule.resolve("0 0 " + day + " H *", "default", name));
            boolean has = day <= Month.of(month).maxLength();
            assertThat(drawn).isEqualTo(has ? month : month + 1);
            assertThat(Month.of(drawn).maxLength()).isGreaterThanOrEqualTo(day);
        }
    }

    private static int month(HashedSchedule.Resolution resolution) {
        return Integer.parseInt(((Resolved) resolution).schedule().split(" ", -1)[3]);
    }

    /** Of data-science/churn, whose minute is 5. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        0 1 * * *      | 5 1 * * *
        30 2,14 1 * MON | 5 2,14 1 * MON
        @daily         | 5 0 * * *
        @hourly        | 5 * * * *
        0,30 1 * * *   | 0,30 1 * * *
        * * * * *      | * * * * *
        , * * * *      | , * * * *
        @every 1h      | @every 1h
        """)
    void takesHForAMinuteThatIsFixed(String schedule, String hashed) {
        assertThat(HashedSchedule.withHashedMinute(accepted(schedule), "data-science", "churn"))
                .isEqualTo(accepted(hashed));
    }

    private static CronSchedule accepted(String text) {
        return ((CronSchedule.Accepted) CronSchedule.parse(text)).schedule();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        H(5-70) * * * *     | minute 'H(5-70)': minute 70 is above 59
        H(30-10) * * * *    | minute 'H(30-10)': the range runs backwards
        H(a-b) * * * *      | minute 'H(a-b)': minute 'a' is not a number
        H(1-2 * * * *       | minute 'H(1-2': a bracket holds a range and is closed: H(0-59)
        H(5) * * * *        | minute 'H(5)': a bracket holds a range and is closed: H(0-59)
        H() * * * *         | minute 'H()': a bracket holds a range and is closed: H(0-59)
        H(1,5) * * * *      | minute 'H(1': a bracket holds a range and is closed: H(0-59)
        H/0 * * * *         | minute 'H/0': the step must be a number above 0
        H/ * * * *          | minute 'H/': the step must be a number above 0
        H/90 * * * *        | minute 'H/90': step 90 is larger than the range, which has 60 values
        H(0-29)/31 * * * *  | minute 'H(0-29)/31': step 31 is larger than the range, which has 30 values
        H5 * * * *          | minute 'H5': only H, H(0-59), H/2 and H(0-59)/2 are known
        H-5 * * * *         | minute 'H-5': only H, H(0-59), H/2 and H(0-59)/2 are known
        H(0-29)x * * * *    | minute 'H(0-29)x': only H, H(0-59), H/2 and H(0-59)/2 are known
        0 0 H(1-31) * *     | day of month 'H(1-31)': H stays within 1-28, the days that every month has
        0 0 H/29 * *        | day of month 'H/29': step 29 is larger than the range, which has 28 values
        0 0 1 H(0-3) *      | month 'H(0-3)': month 0 is below 1
        0 0 * * H(1-7)      | day of week 'H(1-7)': day of week 7 is above 6; Sunday is 0
        H * * * 7           | day of week 7 is above 6; Sunday is 0
        H * * *             | 4 fields where Kubernetes has five: minute, hour, day of month, month, day of week
        TZ=UTC H * * * *    | TZ does not belong in a schedule; name the zone in spec.timeZone
        h * * * *           | minute 'h' is not a number; H is upper case
        @H                  | '@H' is none of @yearly, @monthly, @weekly, @daily, @hourly and @every 1h30m
        """)
    void refuses(String expression, String why) {
        assertThat(HashedSchedule.resolve(expression, "data-science", "churn")).isEqualTo(new Refused(why));
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "H * * * *",
                "0 H/4 * * *",
                "0 1 * * 1,H",
                "5,H(30-59) * * * *",
                "H",
                "H5 * * * *",
                "H(",
                "0 1 * *\u00a0H"
            })
    void isHashed(String expression) {
        assertThat(HashedSchedule.isHashed(expression)).isTrue();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "",
                "0 1 * * *",
                "0 1 * MARCH THU",
                "h * * * *",
                "HOURLY",
                "HH * * * *",
                "@H",
                "@every H",
                "1H * * * *",
                "*/H * * * *"
            })
    void isNotHashed(String expression) {
        assertThat(HashedSchedule.isHashed(expression)).isFalse();
    }

    @ParameterizedTest(name = "namespace {0}")
    @ValueSource(strings = {"default", "data-science", "team-a", "ml", "prod"})
    void noMinuteHoldsMoreThanTwiceItsShare(String namespace) {
        Map<String, Long> pipelinesByMinute = countOfThousand("H * * * *", namespace);
        assertThat(pipelinesByMinute).hasSize(60);
        assertThat(pipelinesByMinute.values()).allMatch(count -> count <= 2 * 1000.0 / 60);
    }

    @Test
    void spreadsEveryField() {
        assertThat(countOfThousand("0 H * * *", "default")).hasSize(24);
        assertThat(countOfThousand("0 0 H * *", "default")).hasSize(28);
        assertThat(countOfThousand("0 0 1 H *", "default")).hasSize(12);
        assertThat(countOfThousand("0 0 * * H", "default")).hasSize(7);
        assertThat(countOfThousand("H/15 * * * *", "default")).hasSize(15);
        // Each field has its own point: 60 minutes by 24 hours are 1,440 places, of which 1,000 names hit about 720.
        assertThat(countOfThousand("H H * * *", "default")).hasSizeGreaterThan(650);
    }

    @Test
    void whatItResolvesIsFixedAndPlain() {
        ScheduleGenerator generator = new ScheduleGenerator(7);
        for (int i = 0; i < 5_000; i++) {
            String expression = generator.next().replace('*', 'H');
            if (HashedSchedule.resolve(expression, "default", "churn") instanceof Resolved resolved) {
                assertThat(CronSchedule.parse(resolved.schedule())).isInstanceOf(CronSchedule.Accepted.class);
                assertThat(HashedSchedule.isHashed(resolved.schedule())).isFalse();
                assertThat(HashedSchedule.resolve(resolved.schedule(), "other", "name"))
                        .isEqualTo(resolved);
            }
        }
    }

    private static Map<String, Long> countOfThousand(String expression, String namespace) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> HashedSchedule.resolve(expression, namespace, "pipeline-" + i))
                .map(resolution -> ((Resolved) resolution).schedule())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
