package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cron.CronSchedule;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private final Spread spread = new Spread(ZonedDateTime.parse("2026-03-01T00:00Z"));

    @Test
    void ranksTheBusiestMinutes() {
        add("a", "0 1 * * *");
        add("b", "0 1 * * *");
        add("c", "0 1 * * 1-5");
        add("d", "0 1,2 * * 1");
        assertThat(busiest(5)).isEqualTo("""
                01:00 MONDAY: a, b, c, d
                01:00 TUESDAY, WEDNESDAY, THURSDAY, FRIDAY: a, b, c
                01:00 SATURDAY, SUNDAY: a, b
                02:00 MONDAY: d""");
        assertThat(spread.most()).isEqualTo(4);
    }

    @Test
    void takesDaysTogetherOnlyWhereTheSamePipelinesRun() {
        add("a", "0 1 * * 1");
        add("b", "0 1 * * 2");
        assertThat(busiest(5)).isEqualTo("""
                01:00 MONDAY: a
                01:00 TUESDAY: b""");
    }

    @Test
    void takesDaysTogetherThatOtherPipelinesPart() {
        add("a", "0 3 * * 1,3,5");
        add("b", "0 3 * * 2,4,6");
        assertThat(busiest(2)).isEqualTo("""
                03:00 MONDAY, WEDNESDAY, FRIDAY: a
                03:00 TUESDAY, THURSDAY, SATURDAY: b""");
        assertThat(busiest(1)).isEqualTo("03:00 MONDAY, WEDNESDAY, FRIDAY: a");
    }

    @Test
    void namesNoMoreThanItIsAsked() {
        add("a", "*/5 * * * *");
        assertThat(busiest(2).lines()).hasSize(2).last().asString().startsWith("00:05 MONDAY, TUESDAY");
    }

    @Test
    void countsTheSameScheduleInTwoZonesApart() {
        add("a", "0 1 * * 1");
        spread.add("b", schedule("0 1 * * 1"), ZoneId.of("Asia/Tokyo"));
        assertThat(spread.most()).isEqualTo(1);
        assertThat(IntStream.of(spread.byMinute()).sum()).isEqualTo(2);
    }

    @Test
    void isEmptyWithoutPipelines() {
        assertThat(spread.most()).isZero();
        assertThat(spread.busiest(5)).isEmpty();
    }

    private void add(String pipeline, String schedule) {
        spread.add(pipeline, schedule(schedule), ZoneOffset.UTC);
    }

    private static CronSchedule schedule(String text) {
        return ((CronSchedule.Accepted) CronSchedule.parse(text)).schedule();
    }

    private String busiest(int number) {
        return spread.busiest(number).stream()
                .map(busy -> busy.time()
                        + busy.days().stream().map(Enum::name).collect(Collectors.joining(", ", " ", ": "))
                        + String.join(", ", busy.pipelines()))
                .collect(Collectors.joining("\n"));
    }
}
