package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text of a schedule, it is read or refused, and what is read can be asked everything. */
class ScheduleFuzzTest {
    private static final ZonedDateTime FROM = ZonedDateTime.of(2026, 3, 1, 12, 0, 0, 0, ZoneId.of("Europe/Berlin"));

    static Stream<byte[]> schedules() {
        return Stream.of(
                        "0 1 * * *",
                        "*/15 0-6,22 1,15 JAN-DEC MON-FRI",
                        "H H(0-5) * * *",
                        "H/15 H(0-29)/10 H H H(MON-FRI)",
                        "0 0 31 2 *",
                        "*/90 * * * *",
                        "+5 ? * * *",
                        "@daily",
                        "@every 1h30m5.5s",
                        "@every -1h",
                        "TZ=UTC 0 1 * * *")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("schedules")
    @FuzzTest(maxDuration = "1m")
    void isReadOrRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (CronSchedule.parse(text) instanceof CronSchedule.Accepted accepted) {
            askEverything(accepted.schedule());
        }
        if (HashedSchedule.resolve(text, "ml", "churn") instanceof HashedSchedule.Resolved resolved) {
            assertThat(CronSchedule.parse(resolved.schedule())).isInstanceOf(CronSchedule.Accepted.class);
            assertThat(HashedSchedule.isHashed(resolved.schedule())).isFalse();
            assertThat(HashedSchedule.resolve(resolved.schedule(), "ml", "churn"))
                    .isEqualTo(resolved);
        }
    }

    private static void askEverything(CronSchedule schedule) {
        schedule.next(FROM).ifPresent(run -> assertThat(run).isAfter(FROM));
        schedule.smallestGap(FROM).ifPresent(gap -> assertThat(gap.to()).isAfter(gap.from()));
        schedule.clockChange(FROM);
        schedule.neverFires(FROM);
        assertThat(schedule.oddSteps()).doesNotHaveDuplicates();
    }
}
