package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadCommandTest {
    private static final String PIPELINE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: %s, namespace: ml, labels: {penstock.dev/pipeline: default}}
            spec:
              %s
              jobTemplate: {spec: {template: {spec: {containers: [{name: main, image: "a:1", args: [run]}]}}}}
            ---
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void mapsTheWeek() throws Exception {
        StringBuilder pipelines = new StringBuilder("kind: ConfigMap\n---\n");
        for (int i = 0; i < 6; i++) {
            pipelines.append(PIPELINE.formatted("nightly-" + i, "schedule: 0 1 * * 1-5"));
        }
        pipelines.append(PIPELINE.formatted("morning", "schedule: 0 1-3 * * *"));
        pipelines.append(PIPELINE.formatted("never", "schedule: 0 0 31 2 *"));
        pipelines.append(PIPELINE.formatted("asleep", "schedule: 0 1 * * *\n  suspend: true"));
        Run run = spread(pipelines.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().replaceAll("(?m)^\\d\\d[ .]+\n", "")).isEqualTo("""
                Runs in the week after Sun 2026-03-01 00:00 in UTC:

                      Mon        Tue        Wed        Thu        Fri        Sat        Sun
                01      7 ###      7 ###      7 ###      7 ###      7 ###      1 #        1 #
                02      1 #        1 #        1 #        1 #        1 #        1 #        1 #
                03      1 #        1 #        1 #        1 #        1 #        1 #        1 #

                # is up to a third of the busiest hour, which has 7 runs; ## up to two thirds;
                  ### more.

                Busiest minutes:
                  at 01:00, Monday to Friday: 7 pipelines: ml/morning, ml/nightly-0,
                    ml/nightly-1 and 4 more
                  at 01:00 on every Saturday and Sunday: 1 pipeline: ml/morning
                  at 02:00 every day: 1 pipeline: ml/morning
                  at 03:00 every day: 1 pipeline: ml/morning

                With H for each minute that is fixed, the busiest minute would have 1 pipeline
                  instead of 7.

                9 pipelines: 7 counted, 1 denied, 1 suspended; 1 other object passed over
                """);
        assertThat(run.out().lines()).hasSizeGreaterThan(24).allMatch(line -> line.length() <= 80);
    }

    @Test
    void writesJson() throws Exception {
        Run run =
                spread(PIPELINE.formatted("a", "schedule: '*/30 1 * * 1'"), "-o", "json", "--time-zone", "Asia/Tokyo");
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("after").asText()).isEqualTo("2026-03-01T09:00+09:00");
        assertThat(report.path("timeZone").asText()).isEqualTo("Asia/Tokyo");
        assertThat(report.path("counted").asInt()).isEqualTo(1);
        assertThat(report.at("/runs/Monday")).hasSize(24);
        assertThat(report.at("/runs/Monday/10").asInt()).isEqualTo(2);
        assertThat(report.path("busiest").toString())
                .isEqualTo("[{\"time\":\"10:00\",\"days\":[\"Monday\"],\"pipelines\":1,\"names\":[\"ml/a\"]},"
                        + "{\"time\":\"10:30\",\"days\":[\"Monday\"],\"pipelines\":1,\"names\":[\"ml/a\"]}]");
        assertThat(report.at("/hashed/pipelines").asInt()).isEqualTo(1);
    }

    @Test
    void goesByTheScheduleThatWouldBeStored() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: a}
                spec: {defaults: {spec: {schedule: 15 4 * * 2}}}
                """);
        Run run = spread(PIPELINE.formatted("a", "suspend: false"), "--policy", policy.toString());
        assertThat(run.out()).contains("  at 04:15 on every Tuesday: 1 pipeline: ml/a\n");
    }

    @Test
    void hashesByTheNameWhereTheManifestHasNoPrefixOfOne() throws Exception {
        String schedule = "schedule: 0 1 * * *";
        Run run = spread(
                PIPELINE.formatted("a, generateName: null", schedule)
                        + PIPELINE.formatted("b, generateName: null", schedule),
                "-o",
                "json");
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("counted").asInt()).isEqualTo(2);
        assertThat(report.at("/hashed/pipelines").asInt()).isEqualTo(1);
    }

    @Test
    void saysThatThereIsNothingToCount() throws Exception {
        Run run = spread(PIPELINE.formatted("never", "schedule: 0 0 31 2 *"));
        assertThat(run.out()).isEqualTo("1 pipeline: 0 counted, 1 denied, 0 suspended\n");
    }

    @Test
    void saysWhatCannotBeRead() {
        Run run = Run.of("spread", "-f", "missing.yaml");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("penstock: missing.yaml: no such file or folder\n");
        assertThat(run.out()).isEqualTo("0 pipelines: 0 counted, 0 denied, 0 suspended; 1 file could not be read\n");
    }

    private Run spread(String manifests, String... options) throws Exception {
        Path file = Files.writeString(folder.resolve("pipelines.yaml"), manifests);
        List<String> all = new ArrayList<>(List.of("spread", "--now", "2026-03-01", "-f", file.toString()));
        all.addAll(List.of(options));
        return Run.of(all.toArray(String[]::new));
    }
}
