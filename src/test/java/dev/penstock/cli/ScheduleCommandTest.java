package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleCommandTest {
    @Test
    void tellsWordsRunsAndWhatTheClocksDo() {
        Run run = schedule("30 2 * * *", "--time-zone", "Europe/Berlin", "--now", "2026-03-28", "--runs", "3");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                at 02:30 every day

                Runs after Sat 2026-03-28 01:00 in Europe/Berlin:
                  Sat 2026-03-28 02:30 +01:00   Sat 2026-03-28 01:30 UTC
                  Mon 2026-03-30 02:30 +02:00   Mon 2026-03-30 00:30 UTC
                  Tue 2026-03-31 02:30 +02:00   Tue 2026-03-31 00:30 UTC

                warning: spec.timeZone: Invalid value: "Europe/Berlin": no run on 2026-03-29 at
                  02:30, as the clocks change; another hour avoids it, or Etc/UTC (rule
                  timeZone)
                """);
    }

    @Test
    void tellsFiveRunsInUtc() {
        assertThat(schedule("@daily", "--now", "2026-03-01").out()).isEqualTo("""
                at 00:00 every day

                Runs after Sun 2026-03-01 00:00 in UTC:
                  Mon 2026-03-02 00:00
                  Tue 2026-03-03 00:00
                  Wed 2026-03-04 00:00
                  Thu 2026-03-05 00:00
                  Fri 2026-03-06 00:00
                """);
    }

    @Test
    void leavesOutUtcWhereItIsTheSame() {
        assertThat(schedule("0 12 * 3 6", "--time-zone", "Europe/London", "--now", "2026-03-26", "--runs", "2")
                        .out())
                .contains("  Sat 2026-03-28 12:00 +00:00\n");
    }

    @Test
    void tellsSecondsWhereThereAreSome() {
        assertThat(schedule("@every 90s", "--now", "2026-03-01", "--runs", "2").out())
                .isEqualTo("""
                every 1 minute and 30 seconds from its creation on

                Runs after Sun 2026-03-01 00:00 in UTC:
                  Sun 2026-03-01 00:01:30
                  Sun 2026-03-01 00:03:00
                """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        0 0 * * 7       | error: spec.schedule: Invalid value: "0 0 * * 7": not a schedule that Kubernetes accepts: day of week 7 is above 6; Sunday is 0 (rule schedule)
        H(5-70) 2 * * * | error: spec.schedule: Invalid value: "H(5-70) 2 * * *": not a schedule that Kubernetes accepts: minute 'H(5-70)': minute 70 is above 59 (rule schedule)
        @reboot         | error: spec.schedule: Invalid value: "@reboot": not a schedule that Kubernetes accepts: Kubernetes has no @reboot: a CronJob runs by the clock (rule schedule)
        """)
    void saysWhyKubernetesRefusesIt(String schedule, String sentence) {
        Run run = schedule(schedule);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replaceAll("\n +", " ")).isEqualTo(sentence + "\n");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        */90 * * * * | at minute 0 of every hour | 1 | error: spec.schedule: Invalid value: "*/90 * * * *": minute step 90 is larger than the range 0-59: only 0 is left (rule schedule)
        0 0 31 2 *   | at 00:00 on day 31 of February | 1 | error: spec.schedule: Invalid value: "0 0 31 2 *": never fires within 5 years (rule schedule)
        0 */5 * * *  | every 5 hours from 00:00 to 20:00, every day | 0 | warning: spec.schedule: Invalid value: "0 */5 * * *": hour step 5 is uneven: from 20 to the next 0 it is 4 (rule schedule)
        """)
    void saysWhatItWouldTripOver(String schedule, String words, int exitCode, String sentence) {
        Run run = schedule(schedule, "--now", "2026-03-01");
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out().replaceAll("\n  +", " ")).startsWith(words + "\n").endsWith("\n\n" + sentence + "\n");
    }

    @Test
    void resolvesWhatANameDecides() {
        Run run = schedule("H 2 * * *", "-n", "data-science", "--name", "churn", "--now", "2026-03-01", "--runs", "1");
        assertThat(run.out()).isEqualTo("""
                the schedule of data-science/churn is 5 2 * * *
                at 02:05 every day

                Runs after Sun 2026-03-01 00:00 in UTC:
                  Sun 2026-03-01 02:05
                """);
    }

    /** Four fields of one that is broken off are a schedule too. */
    @Test
    void theScheduleIsWholeHoweverLongTheNameIs() {
        String name = "x".repeat(45);
        assertThat(schedule("H,30 H * * H", "--name", name).out())
                .containsPattern("^the schedule of default/" + name + " is \\d+,30 \\d+ \\* \\* \\d\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        H 2 * * *         | between "at 02:00 every day" and "at 02:59 every day"
        H(30-59) H(0-5) * * 1-5 | between "at 00:30, Monday to Friday" and "at 05:59, Monday to Friday"
        H/15 * * * *      | between "every 15 minutes" and "at minutes 14, 29, 44 and 59 of every hour"
        0 0 31 H *        | between "at 00:00 on day 31 of January" and "at 00:00 on day 31 of December"
        0 0 H H *         | between "at 00:00 on day 1 of January" and "at 00:00 on day 28 of December"
        """)
    void tellsWhatANameCouldDecide(String schedule, String words) {
        Run run = schedule(schedule);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().replaceAll("\n +", " "))
                .isEqualTo(words + ", as namespace and name decide: --namespace and --name tell more\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        0 H 31 2 *   | never fires within 5 years
        */90 H * * * | minute step 90 is larger than the range 0-59
        """)
    void refusesWhatNoNameMakesRight(String schedule, String sentence) {
        Run run = Run.of("schedule", schedule);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("as namespace and name decide", "error: spec.schedule", sentence);
    }

    @Test
    void warnsOfAnHourThatEachNameLoses() {
        Run run = schedule("H 2 * * *", "--time-zone", "Europe/Berlin", "--now", "2027-03-01");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("between \"at 02:00", "warning: spec.timeZone", "no run on 2027-03-28 at 02:00");
        assertThat(schedule("H(50-59) 3 * * *", "--time-zone", "Pacific/Chatham")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void needsNoNameWhereItDecidesNothing() {
        assertThat(schedule("H(7-7) 2 * * *", "--now", "2026-03-01").out())
                .startsWith("at 02:07 every day\n\nRuns after");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an unknown zone       | * * * * *~--time-zone~Europe/Munich | --time-zone: 'Europe/Munich' is no time zone that Kubernetes knows; write one such as Europe/Berlin
        a zone in lower case  | H * * * *~--time-zone~europe/berlin | --time-zone: 'europe/berlin' is no time zone that Kubernetes knows; did you mean Europe/Berlin?
        no runs               | * * * * *~--runs~0                  | --runs: must be from 1 to 10000
        more runs than one    | * * * * *~--runs~10001              | --runs: must be from 1 to 10000
        runs that are none    | * * * * *~--runs~many               | Invalid value for option '--runs': 'many' is not an int
        no quotes             | 0~1~*~*~*                           | a schedule is one argument: put it in quotes, such as '0 1 * * *'
        nothing in the quotes | ~                                   | EXPR is empty: five fields such as '0 1 * * *' say when to run
        no day                | * * * * *~--now~soon                | --now: must be a date such as 2027-03-31, from 1970 to 9999
        a day of no calendar  | * * * * *~--now~-0001-01-01         | --now: must be a date such as 2027-03-31, from 1970 to 9999
        a day too far off     | * * * * *~--now~+10000-01-01        | --now: must be a date such as 2027-03-31, from 1970 to 9999
        a name that is none   | H * * * *~--name=                   | --name: is empty
        """)
    void saysWhatIsWrongWithTheArguments(String story, String arguments, String sentence) {
        Run run = schedule(arguments.equals("~") ? new String[] {""} : arguments.split("~"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("penstock: " + sentence + "\nSee penstock schedule --help.\n");
    }

    @Test
    void fitsEightyColumns() {
        assertThat(List.of(
                        schedule("1,2,3-9/3 */7 1-7 1-3 1-5", "--time-zone", "America/Argentina/ComodRivadavia"),
                        schedule("H/7 H/5 H/3 H/2 *"),
                        schedule("0 0 * * FRI-MON"),
                        Run.of("schedule", "--help")))
                .allSatisfy(run -> assertThat(run.out().lines()).isNotEmpty().allMatch(line -> line.length() <= 80));
    }

    private static Run schedule(String... arguments) {
        List<String> all = new ArrayList<>(List.of("schedule"));
        all.addAll(List.of(arguments));
        return Run.of(all.toArray(String[]::new));
    }
}
