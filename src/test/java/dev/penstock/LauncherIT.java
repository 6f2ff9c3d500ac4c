package dev.penstock;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./penstock} of a checkout without a native executable: the archive by which it starts quickly. */
class LauncherIT {
    @TempDir
    Path checkout;

    /** With the files' times: by them it tells whether to build. */
    @BeforeEach
    void checkOut() throws Exception {
        Files.createDirectories(checkout.resolve("target"));
        Files.createDirectories(checkout.resolve("docs"));
        for (String file : List.of("penstock", "pom.xml", "docs/rules.md")) {
            Files.copy(Path.of(file), checkout.resolve(file), COPY_ATTRIBUTES);
        }
        for (String folder : List.of("src", "samples", "target/quarkus-app")) {
            Files.createSymbolicLink(checkout.resolve(folder), Path.of(folder).toAbsolutePath());
        }
    }

    @Test
    void saysTheSameWithAndWithoutAnArchive() throws Exception {
        String first = review();
        assertThat(first).startsWith("default/churn (samples/minimal.yaml:2): allowed\n");
        assertThat(Files.size(archive())).isGreaterThan(1 << 20);
        assertThat(review()).isEqualTo(first);
    }

    @Test
    void isNotHeldUpByAGarbledArchive() throws Exception {
        String well = review();
        Path archive = archive();
        Files.delete(archive);
        Files.writeString(archive, "no archive\n");
        assertThat(review()).isEqualTo(well);
        Files.writeString(archive, ""); // as is left where none can be made
        assertThat(review()).isEqualTo(well);
    }

    @Test
    void keepsTheExitCode() throws Exception {
        assertThat(run(1, "review", "-f", "samples/mistakes/schedule.yaml")).contains("denied");
        assertThat(run(2, "review", "-f", "nothing.yaml"))
                .startsWith("penstock: nothing.yaml: no such file or folder\n");
    }

    @Test
    void asksAClusterWithoutAWordMoreThanItsOwn() throws Exception {
        Files.writeString(checkout.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: gone, cluster: {server: "https://127.0.0.1:1"}}]
                contexts: [{name: gone, context: {cluster: gone, user: ""}}]
                current-context: gone
                """);
        assertThat(run(2, "review", "--from-cluster"))
                .startsWith("penstock: cannot read policies of the cluster at https://127.0.0.1:1/: ")
                .hasLineCount(1);
    }

    @Test
    void benchmarksTheExecutableThatIsBuiltOrTheOneThatIsNamed() throws Exception {
        Path suite = Files.createDirectories(checkout.resolve("bench/suite")).resolve("run");
        Files.writeString(suite, "#!/bin/sh\necho \"$@\"\n");
        Path built = Files.writeString(checkout.resolve("target/penstock-0.1.0-runner"), "");
        assertThat(suite.toFile().setExecutable(true) && built.toFile().setExecutable(true))
                .isTrue();
        assertThat(run(0, "bench", "--quick")).isEqualTo("--native " + built.toRealPath() + " --quick\n");
        assertThat(run(0, "bench", "--native=other", "--native-echo=echo"))
                .isEqualTo("--native=other --native-echo=echo\n");
        assertThat(run(0, "bench", "--native", "other")).isEqualTo("--native other\n");
    }

    private String review() throws Exception {
        return run(0, "review", "-f", "samples/minimal.yaml", "--now", "2026-03-01");
    }

    /** All that it prints. */
    private String run(int exit, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("./penstock"));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", "kubeconfig");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(exit);
        return output;
    }

    private Path archive() throws Exception {
        try (Stream<Path> files = Files.list(checkout.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".jsa"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
