package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.controlplane.WebhookProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as people run it, without a cluster. */
class ReviewIT {
    @TempDir
    Path folder;

    @Test
    void reviewsTheSamples() throws Exception {
        Process process = review("-f", "samples/minimal.yaml", "--now", "2026-03-01");
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(out)
                .startsWith("default/churn (samples/minimal.yaml:2): allowed\n")
                .contains("spec.schedule = 0 1 * * * (policy built-in)\n")
                .contains("runs Sun 2026-03-01 01:00, Mon 2026-03-02 01:00, Tue 2026-03-03 01:00 UTC\n");
    }

    @Test
    void readsStandardInputAndWritesJson() throws Exception {
        Process process = review("-f", "-", "-o", "json", "--policy", "samples/policies/baseline.yaml");
        process.getOutputStream().write(Files.readAllBytes(Path.of("samples/mistakes/schedule.yaml")));
        process.getOutputStream().close();
        JsonNode report = new ObjectMapper().readTree(process.getInputStream());
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(report.at("/summary/denied").asInt()).isEqualTo(1);
        assertThat(report.at("/pipelines/0/file").asText()).isEqualTo("standard input");
    }

    @Test
    void writesSarifWithTheHelpOfItsRules() throws Exception {
        Path report = folder.resolve("penstock.sarif");
        Process process =
                review("-f", "samples/mistakes/schedule.yaml", "-o", "sarif", "--output-file", report.toString());
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("1 pipeline: 1 denied, 0 warned of, 0 allowed\n");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(new ObjectMapper()
                        .readTree(report.toFile())
                        .at("/runs/0/tool/driver/rules/0/help/text")
                        .asText())
                .contains("To mend it, ");
    }

    @Test
    void saysWhatItCannotRead() throws Exception {
        Process process = review("-f", "nothing.yaml", "-o", "yaml");
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("penstock: nothing.yaml: no such file or folder\n");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private Process review(String... args) throws Exception {
        List<String> command = new ArrayList<>(WebhookProcess.program(folder));
        command.add("review");
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }
}
