package dev.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** How Penstock goes, and what a cluster is like from which it went the wrong way. */
@EachControlPlane
class UninstallIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path GUIDE = Path.of("docs", "operations.md");
    private static final String PIPELINE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: churn, labels: {penstock.dev/pipeline: default}}
            spec:
              schedule: 0 1 * * *
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: registry.example.com/churn:1.4.2}]
            """;

    @Parameter
    ControlPlane controlPlane;

    private Installation installation;
    private Kubectl kubectl;

    @BeforeParameterizedClassInvocation
    void connect(ControlPlane controlPlane) {
        kubectl = controlPlane.kubectl();
        installation = new Installation(kubectl);
    }

    @AfterEach
    void remove() {
        installation.remove("deploy");
    }

    @Test
    void theWebhookConfigurationsGoFirstAndNothingStays() {
        installation.apply("deploy");

        List<String> deleted = installation.remove("deploy").stdout().lines().toList();

        List<String> webhooks = deleted.stream()
                .filter(line -> line.contains("webhookconfiguration"))
                .toList();
        assertThat(webhooks).hasSize(3);
        assertThat(deleted).startsWith(webhooks.toArray(String[]::new)).hasSizeGreaterThan(10);
        assertThat(kubectl.mustRun(
                                List.of(
                                        "get",
                                        "clusterroles,clusterrolebindings,mutatingwebhookconfigurations,"
                                                + "validatingwebhookconfigurations,deployments,services,roles,"
                                                + "rolebindings,serviceaccounts,networkpolicies,poddisruptionbudgets",
                                        "-A",
                                        "-l",
                                        "app.kubernetes.io/name=penstock",
                                        "-o",
                                        "name"),
                                "")
                        .stdout())
                .isEmpty();
    }

    @Test
    void afterTheNamespaceWasDeletedTheEmergencyCommandLetsPipelinesBeEdited() throws IOException {
        installation.apply("deploy");
        installation.removeNamespace();
        await(refused -> refused.stderr().contains("service \"penstock\" not found"));

        kubectl.mustRun(emergency(), "");

        await(Kubectl.Result::succeeded);
    }

    /** As the guide has it: what is written there is what works. */
    private static List<String> emergency() throws IOException {
        List<String> commands = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("kubectl delete mutatingwebhookconfigurations"))
                .distinct()
                .toList();
        assertThat(commands).hasSize(1);
        return Arrays.stream(commands.get(0).split(" ")).skip(1).toList();
    }

    @Test
    void withFailOpenNobodyNeedsIt(@TempDir Path folder) {
        installation.apply(Overlay.write(folder, List.of("require-label", "fail-open"))
                .folder()
                .toString());
        try {
            installation.removeNamespace();
            // The API server has the configurations, and asks nobody.
            await(result -> result.warnings().stream().anyMatch(line -> line.contains("failed calling webhook"))
                    || result.succeeded());
            assertThat(create().stderr()).isEmpty();
        } finally {
            kubectl.mustRun(List.of("delete", "validatingwebhookconfiguration", "require-label.penstock.dev"), "");
        }
    }

    private void await(java.util.function.Predicate<Kubectl.Result> expected) {
        Kubectl.Result[] last = new Kubectl.Result[1];
        Await.until(
                "a pipeline to be answered for",
                LIMIT,
                () -> {
                    last[0] = create();
                    return expected.test(last[0]);
                },
                () -> Stream.of(last).map(Kubectl.Result::stderr).toList().toString());
    }

    private Kubectl.Result create() {
        return kubectl.run(List.of("create", "--dry-run=server", "-f", "-"), PIPELINE);
    }
}
