package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cron.CronSchedule;
import dev.penstock.manifest.Yaml;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleDefaultsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        H of the author's      | H 2 * * *       | spec.schedule (completed from H 2 * * *) | spec.schedule
        no H                   | 0 2 * * *       | -                                        | -
        a malformed H          | H(5-70) 2 * * * | -                                        | -
        what is no schedule    | H               | -                                        | -
        a descriptor           | '@hourly'       | -                                        | -
        an empty one           | ''              | -                                        | -
        """)
    void resolveWhatTheAuthorWroteAndSaySo(String story, String schedule, String changes, String notices)
            throws Exception {
        Filling filling = fill(metadata("{name: churn}"), schedule);
        assertThat(filling.changes()).isEqualTo(changes);
        assertThat(filling.notices()).isEqualTo(notices);
    }

    @Test
    void resolveThePolicysWithoutAWord() throws Exception {
        Defaults both = draft -> {
            new OverlayDefaults().fill(draft);
            new ScheduleDefaults().fill(draft);
        };
        Filling filling = Filling.by(both, "{defaults: {spec: {schedule: H 2 * * *}}}", metadata("{name: churn}"));
        assertThat(filling.changes()).startsWith("spec.schedule (policy test)");
        assertThat(filling.notices()).isEqualTo("-");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same name                 | {name: churn}                           | true
        another name                  | {name: churn-2}                         | false
        a prefix                      | {generateName: churn}                   | true
        a name generated from it      | {generateName: churn, name: churnx7pq2} | true
        another prefix                | {generateName: churn-, name: churn}     | false
        """)
    void hangOnTheNameThatOutlivesTheObject(String story, String metadata, boolean same) throws Exception {
        assertThat(schedule(metadata(metadata)).equals(schedule(metadata("{name: churn}"))))
                .isEqualTo(same);
    }

    @Test
    void spreadOverTheHour() throws Exception {
        Map<String, Integer> byMinute = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            byMinute.merge(schedule(metadata("{name: pipeline-" + i + "}")).replaceAll(" .*", ""), 1, Integer::sum);
        }
        // A fair share is 1000 / 60.
        assertThat(byMinute).hasSize(60);
        assertThat(byMinute.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(2 * 1_000 / 60));
    }

    @Test
    void giveWhatKubernetesAccepts() throws Exception {
        assertThat(CronSchedule.parse(schedule(metadata("{name: churn}")))).isInstanceOf(CronSchedule.Accepted.class);
    }

    private static String schedule(ObjectNode cronJob) throws Exception {
        return fill(cronJob, "H H * * *").object().at("/spec/schedule").textValue();
    }

    private static Filling fill(ObjectNode cronJob, String schedule) throws Exception {
        cronJob.withObject("/spec").put("schedule", schedule);
        return Filling.by(new ScheduleDefaults(), "{}", cronJob);
    }

    private static ObjectNode metadata(String metadata) {
        return Yaml.object("{metadata: " + metadata + ", spec: {}}");
    }
}
