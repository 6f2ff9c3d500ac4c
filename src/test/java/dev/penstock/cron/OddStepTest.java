package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cron.CronSchedule.Accepted;
import dev.penstock.cron.OddStep.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OddStepTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        */90 * * * *       | minute step 90 is larger than the range 0-59: only 0 is left
        7/90 * * * *       | minute step 90 is larger than the range 7-59: only 7 is left
        10-20/15 * * * *   | minute step 15 is larger than the range 10-20: only 10 is left
        0 */36 * * *       | hour step 36 is larger than the range 0-23: only 0 is left
        0 0 */45 * *       | day of month step 45 is larger than the range 1-31: only 1 is left
        */7 * * * *        | minute step 7 is uneven: from 56 to the next 0 it is 4
        ?/7 * * * *        | minute step 7 is uneven: from 56 to the next 0 it is 4
        0-59/7 * * * *     | minute step 7 is uneven: from 56 to the next 0 it is 4
        3-59/7 * * * *     | minute step 7 is uneven: from 59 to the next 3 it is 4
        30/20 * * * *      | minute step 20 is uneven: from 50 to the next 30 it is 40
        10/50 * * * *      | minute step 50 is uneven: from 10 to the next 10 it is 60
        0 */5 * * *        | hour step 5 is uneven: from 20 to the next 0 it is 4
        0 0 1 */5 *        | month step 5 is uneven: from 11 to the next 1 it is 2
        0 0 * * */2        | day of week step 2 is uneven: from 6 to the next 0 it is 1
        0 0 */2 * *        | day of month step 2 starts anew each month: 31 is followed by 1
        0 0 1/14 * *       | day of month step 14 starts anew each month: 29 is followed by 1
        """)
    void explains(String schedule, String why) {
        assertThat(accepted(schedule).oddSteps()).extracting(OddStep::why).containsExactly(why);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "*/15 * * * *", // divides the hour
                "7/15 * * * *", // from 52 it is 15 to 7
                "7-59/15 * * * *",
                "*/60 */24 */31 */12 */7", // as large as the range, and what it says
                "*/1 * * * *",
                "0 9-17/3 * * *", // ends where its author said
                "0-29/7,30-59/7 * * * *",
                "40-59/15 * * * *",
                "0 0 1-30/2 * *",
                "0 0 1 2/3 *",
                "@hourly",
                "@every 7m",
            })
    void leavesAloneWhatDoesAsItSays(String schedule) {
        assertThat(accepted(schedule).oddSteps()).isEmpty();
    }

    @Test
    void namesEachOnceInOrder() {
        assertThat(accepted("*/7,5,*/7,3/90 */5 * * *").oddSteps())
                .containsExactly(
                        new OddStep(CronField.MINUTE, "*/7", 7, 0, 59, Kind.UNEVEN),
                        new OddStep(CronField.MINUTE, "3/90", 90, 3, 59, Kind.LARGER_THAN_RANGE),
                        new OddStep(CronField.HOUR, "*/5", 5, 0, 23, Kind.UNEVEN));
    }

    @Test
    void measuresTheGapAtItsTurn() {
        OddStep step = new OddStep(CronField.MINUTE, "3-59/7", 7, 3, 59, Kind.UNEVEN);
        assertThat(step.lastFired()).isEqualTo(59);
        assertThat(step.gapAtTurn()).isEqualTo(4);
    }

    private static CronSchedule accepted(String text) {
        return ((Accepted) CronSchedule.parse(text)).schedule();
    }
}
