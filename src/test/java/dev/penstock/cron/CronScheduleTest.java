package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cron.CronSchedule.Accepted;
import dev.penstock.cron.CronSchedule.Refused;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which texts are schedules, and what is said of the others. Each verdict was seen on kube-apiserver 1.34.4 and 1.37.2.
 */
class CronScheduleTest {

    private static final ZonedDateTime NEW_YEAR = ZonedDateTime.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        plain                              | 0 1 * * *             | 0 1 * * *
        list                               | 1,2,3 * * * *         | 1-3 * * * *
        empty items                        | ",1,2,,3, * * * *"    | 1-3 * * * *
        question mark                      | ? * ? * ?             | * * * * *
        whatever after a star and a hyphen | *-5 *-x-y * * *       | * * * * *
        that with a step                   | *-5/30 * * * *        | 0,30 * * * *
        a plus sign                        | +5 */+6 * * *         | 5 0,6,12,18 * * *
        leading zeros                      | 005 00 01 * *         | 5 0 1 * *
        blanks around                      | "  5 0 1 * *\t"       | 5 0 1 * *
        line breaks                        | "5\n0\r1\13*\f*"   | 5 0 1 * *
        step of one                        | */1 * */1 * */1       | * * * * *
        step after a number                | 7/20 * * * *          | 7,27,47 * * * *
        step as large as the range         | */60 * * * *          | 0 * * * *
        step of 64 bits                    | 5/9223372036854775807 0 1 1 * | 5 0 1 1 *
        names in any case                  | 0 0 * fEB Mon-FRI     | 0 0 * 2 1-5
        a dotted capital, as Go lowers it  | 0 0 * * FR\u0130      | 0 0 * * 5
        @yearly                            | @yearly               | 0 0 1 1 *
        @annually                          | @annually             | 0 0 1 1 *
        @monthly                           | @monthly              | 0 0 1 * *
        @weekly                            | @weekly               | 0 0 * * 0
        @daily                             | @daily                | 0 0 * * *
        @midnight                          | @midnight             | 0 0 * * *
        @hourly                            | @hourly               | 0 * * * *
        """)
    void accepts(String story, String text, String same) {
        assertThat(runs(accepted(text))).isEqualTo(runs(accepted(same)));
    }

    @Test
    void equalsWhatFiresAtTheSameTimesWithTheSameOddSteps() {
        assertThat(accepted("@daily")).isEqualTo(accepted("00  0 * * ?")).hasSameHashCodeAs(accepted("0 0 * * *"));
        assertThat(accepted("@every 60m")).isEqualTo(accepted("@every 1h"));
        assertThat(accepted("*/90 * * * *")).isNotEqualTo(accepted("0 * * * *"));
    }

    @Test
    void partsFieldsAtTheBlanksOfUnicode() {
        assertThat(accepted("\u30005\u00a00\u20031\u2028*\u0085*\u202f")).isEqualTo(accepted("5 0 1 * *"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        empty                  | ""                   | it is empty: five fields such as '0 1 * * *' say when to run
        blanks only            | " \t"                | 0 fields where Kubernetes has five: minute, hour, day of month, month, day of week
        four fields            | 0 1 * *              | 4 fields where Kubernetes has five: minute, hour, day of month, month, day of week
        seconds                | 0 0 1 * * *          | 6 fields where Kubernetes has five without seconds: minute, hour, day of month, month, day of week
        a blank that is none   | 0\u200b1 * * *       | 4 fields where Kubernetes has five: minute, hour, day of month, month, day of week
        Sunday as 7            | 0 0 * * 7            | day of week 7 is above 6; Sunday is 0
        hour 24                | 0 24 * * *           | hour 24 is above 23; midnight is 0
        minute 60              | 60 * * * *           | minute 60 is above 59; the full hour is 0
        day 0                  | 0 0 0 * *            | day of month 0 is below 1
        month 13               | 0 0 1 13 *           | month 13 is above 12
        backwards by a step    | 0 22-4/2 * * *         | hour '22-4/2' runs backwards; write 22,0-4/2
        backwards to its start | 0 0 * * 6-0          | day of week '6-0' runs backwards; write 6,0
        a step over the turn   | 0 22-4/5 * * *         | hour '22-4/5' runs backwards; write 22,3
        a step beyond its end  | 0 22-4/7 * * *         | hour '22-4/7' runs backwards; write 22
        names backwards        | 0 0 * * FRI-MON      | day of week 'FRI-MON' runs backwards; write 5-6,0-1
        a full name            | 0 0 * * MONDAY       | day of week 'MONDAY' is not a name; names have three letters: MON
        a name elsewhere       | 0 MON * * *          | hour 'MON' is not a number
        Quartz                 | 0 0 L * *            | day of month 'L' is not a number; L, W and # are Quartz's, Kubernetes does not have them
        Quartz' first Monday   | 0 0 * * MON#1        | day of week 'MON#1' is not a number; L, W and # are Quartz's, Kubernetes does not have them
        Quartz' last Friday    | 0 0 * * FRIL         | day of week 'FRIL' is not a number; L, W and # are Quartz's, Kubernetes does not have them
        Quartz' last day, by number | 0 0 * * 5L           | day of week '5L' is not a number; L, W and # are Quartz's, Kubernetes does not have them
        Quartz' nearest weekday | 0 0 15W * *          | day of month '15W' is not a number; L, W and # are Quartz's, Kubernetes does not have them
        Quartz' last weekday   | 0 0 LW * *           | day of month 'LW' is not a number; L, W and # are Quartz's, Kubernetes does not have them
        step 0                 | */0 * * * *          | minute step in '*/0' must be a number above 0
        no step                | */ * * * *           | minute step in '*/' must be a number above 0
        two slashes            | */2/2 * * * *        | minute '*/2/2' has more than one slash
        two hyphens            | 1--0 * * * *         | minute '1--0' has more than one hyphen
        negative               | -5 * * * *           | minute lacks a number in '-5'
        other digits           | \u0665 * * * *       | minute '\u0665' is not a number
        too large a number     | 9223372036854775808 * * * * | minute '9223372036854775808' is far too large
        lower h                | h * * * *            | minute 'h' is not a number; H is upper case
        zone in front          | TZ=UTC 0 1 * * *     | TZ does not belong in a schedule; name the zone in spec.timeZone
        zone and no blank      | CRON_TZ=UTC          | TZ does not belong in a schedule; name the zone in spec.timeZone
        TZ that nobody reads   | *-TZ * * * *         | TZ does not belong in a schedule; name the zone in spec.timeZone
        upper case             | @DAILY               | '@DAILY' must be written @daily: lower case, no blanks
        a blank behind         | "@daily "            | '@daily ' must be written @daily: lower case, no blanks
        a blank before         | " @daily"            | a blank stands before '@daily'
        @reboot                | @reboot              | Kubernetes has no @reboot: a CronJob runs by the clock
        another                | @fortnightly         | '@fortnightly' is none of @yearly, @monthly, @weekly, @daily, @hourly and @every 1h30m
        nothing after @every   | @every               | @every is lower case, with one space and a duration after it: @every 1h30m
        days                   | @every 1d            | @every takes a duration such as 1h30m, in h, m, s, ms, us or ns, not '1d'
        invisible and long     | "\u0007\u200b\u200b\u200bxxxxxxxxxxxxxxxxxxxxxxxxxxx * * * *" | minute '\ufffd\ufffd\ufffd\ufffdxxxxxxxxxxxxxxxxxxxx\u2026' is not a number
        """)
    void refuses(String story, String text, String why) {
        assertThat(CronSchedule.parse(text)).isEqualTo(new Refused(why));
    }

    @ParameterizedTest(name = "@every {0}")
    @CsvSource({
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        ".5m, PT30S",
        "90s, PT1M30S",
        "1999ms, PT1S",
        "+1m, PT1M",
        "1m1m, PT2M",
        "3000000\u00b5s, PT3S",
        "3000000\u03bcs, PT3S",
        "3000000us, PT3S",
        "0, PT1S",
        "1ns, PT1S",
        "-1h, PT1S",
        "1.00000000000000000000000000000000000001s, PT1S",
        "9223372036854775807ns, PT2562047H47M16S",
        "-9223372036854775808ns, PT1S",
        // Go's sum wraps to 0 here
        "9223372036854775808ns9223372036854775808ns, PT1S",
    })
    void readsGosDurations(String duration, String delay) {
        assertThat(accepted("@every " + duration)).hasToString("EverySchedule[delay=" + delay + "]");
    }

    @ParameterizedTest(name = "@every {0}")
    @CsvSource({
        "''",
        "1",
        "h",
        ".s",
        "1h 30m",
        "' 1h'",
        "'1h '",
        "--1h",
        "1H",
        "1e3s",
        "'1,5h'",
        "9223372036854775808ns",
        "2562048h",
        "-"
    })
    void refusesWhatGoRefusesAsADuration(String duration) {
        assertThat(CronSchedule.parse("@every " + duration)).isInstanceOf(Refused.class);
    }

    @Test
    void neverThrowsAndExplainsInOneShortLine() {
        ScheduleGenerator generator = new ScheduleGenerator(20260101);
        Random random = new Random(1);
        Stream<String> generated = Stream.generate(generator::next).limit(5_000);
        Stream<String> noise = Stream.generate(() -> random.ints(random.nextInt(20), 0, Character.MAX_VALUE + 1)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()))
                .limit(2_000);

        assertThat(Stream.concat(generated, noise)).allSatisfy(text -> {
            if (CronSchedule.parse(text) instanceof Refused refused) {
                assertThat(refused.why()).hasSizeBetween(10, 120).doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]");
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void readsALongTextOnce(String story, String text, boolean accepted) {
        assertThat(CronSchedule.parse(text) instanceof Accepted).isEqualTo(accepted);
        assertThat(HashedSchedule.resolve(text, "ns", "name")).isNotNull();
    }

    static Stream<Arguments> readsALongTextOnce() {
        int length = 1_000_000;
        return Stream.of(
                Arguments.of("zeros", "0".repeat(length) + "5 * * * *", true),
                Arguments.of("items", "*/7,".repeat(length / 4) + " * * * *", true),
                Arguments.of("hyphens", "*" + "-".repeat(length) + " * * * *", true),
                Arguments.of("slashes", "*" + "/".repeat(length) + " * * * *", false),
                Arguments.of("fields", "* ".repeat(length / 2), false),
                Arguments.of("H", "H,".repeat(length / 2) + " * * * *", false),
                Arguments.of("digits", "@every " + "1".repeat(length) + "h", false),
                Arguments.of("terms", "@every " + "0h".repeat(length / 2), true));
    }

    private static CronSchedule accepted(String text) {
        assertThat(CronSchedule.parse(text)).isInstanceOf(Accepted.class);
        return ((Accepted) CronSchedule.parse(text)).schedule();
    }

    private static List<ZonedDateTime> runs(CronSchedule schedule) {
        return Stream.iterate(NEW_YEAR, run -> schedule.next(run).orElseThrow())
                .limit(200)
                .toList();
    }
}
