package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.WebhookProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where there is little memory. */
class SmallHeapIT {
    @TempDir
    Path folder;

    /** As in a container of 48 MiB. */
    @Test
    void reviewsWith24Megabytes() throws Exception {
        List<String> command = new ArrayList<>(WebhookProcess.program(folder, "24m"));
        command.addAll(List.of("review", "-f", "samples/minimal.yaml"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("default/churn (samples/minimal.yaml:2): allowed\n");
        assertThat(process.waitFor()).isZero();
    }
}
