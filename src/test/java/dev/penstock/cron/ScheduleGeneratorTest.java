package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleGeneratorTest {

    private static final List<String> SCHEDULES = schedules(1);

    @Test
    void repeatsItselfFromTheSameSeed() {
        assertThat(schedules(1)).isEqualTo(SCHEDULES).isNotEqualTo(schedules(2));
    }

    @Test
    void isValidAboutHalfTheTime() {
        assertThat(SCHEDULES.stream().filter(text -> CronSchedule.parse(text) instanceof CronSchedule.Accepted))
                .hasSizeBetween(SCHEDULES.size() * 4 / 10, SCHEDULES.size() * 6 / 10);
    }

    @Test
    void reachesTheEdges() {
        assertThat(SCHEDULES)
                .contains("")
                .anyMatch(text -> text.startsWith("@every -"))
                .anyMatch(text -> text.contains("*-"))
                .anyMatch(text -> text.contains("\u00a0"))
                .anyMatch(text -> text.contains("\u0661"))
                .anyMatch(text -> text.contains("FR\u0130"))
                .anyMatch(text -> text.startsWith("CRON_TZ="))
                .anyMatch(text -> text.contains(",,"));
    }

    @Test
    void passesThroughUtf8Unchanged() {
        assertThat(SCHEDULES).allSatisfy(text -> {
            assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(text);
            assertThat(text).doesNotContain("\0");
        });
    }

    private static List<String> schedules(long seed) {
        return Stream.generate(new ScheduleGenerator(seed)::next).limit(10_000).toList();
    }
}
