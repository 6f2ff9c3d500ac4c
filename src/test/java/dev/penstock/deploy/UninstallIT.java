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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
                                        Installation.KINDS,
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
    void byTheLabelThePoliciesStay() throws IOException {
        installation.apply("deploy");
        kubectl.mustRun(List.of("wait", "--for=condition=Established", "--timeout=30s", "-f", "deploy/crds"), "");
        kubectl.mustRun(
                List.of("apply", "-f", "-"),
                "{apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: kept}, spec: {priority: 1}}");

        List<String> command = new ArrayList<>(command("kubectl delete -k deploy/ -l"));
        command.add("--wait=false");
        List<String> deleted = kubectl.mustRun(command, "").stdout().lines().toList();

        assertThat(deleted).hasSizeGreaterThan(10).noneMatch(line -> line.startsWith("customresourcedefinition"));
        assertThat(deleted.subList(0, 3)).allMatch(line -> line.contains("webhookconfiguration"));
        kubectl.mustRun(List.of("get", "ppol", "kept"), "");
    }

    @Test
    void afterTheNamespaceWasDeletedTheEmergencyCommandLetsPipelinesBeEdited() throws IOException {
        installation.apply("deploy");
        installation.removeNamespace();
        await(UninstallIT::isRefused);

        kubectl.mustRun(command("kubectl delete mutatingwebhookconfigurations"), "");

        await(Kubectl.Result::succeeded);
    }

    /** As the guide has it: what is written there is what works. */
    private static List<String> command(String beginning) throws IOException {
        List<String> commands = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith(beginning))
                .toList();
        assertThat(commands).hasSize(1);
        return Arrays.stream(commands.get(0).split(" ")).skip(1).toList();
    }

    @Test
    void withFailOpenPipelinesCanBeEditedAsSoonAsItIsThere(@TempDir Path folder) {
        installation.apply("deploy");
        installation.removeNamespace();
        await(UninstallIT::isRefused);

        kubectl.mustRun(
                List.of("apply", "-f", "-"),
                webhooks(Overlay.write(folder, List.of("fail-open")).rendered(kubectl)));

        await(Kubectl.Result::succeeded);
    }

    /** What is left of an installation without its namespace. */
    private static String webhooks(String documents) {
        return Objects.read(documents).values().stream()
                .filter(object -> object.path("kind").asText().endsWith("WebhookConfiguration"))
                .map(Objects::text)
                .collect(Collectors.joining("\n---\n"));
    }

    private static boolean isRefused(Kubectl.Result result) {
        return result.stderr().contains("failed calling webhook")
                && result.stderr().contains("service \"penstock\" not found");
    }

    private void await(Predicate<Kubectl.Result> expected) {
        Kubectl.Result[] last = new Kubectl.Result[1];
        Await.until(
                "a pipeline to be answered for",
                LIMIT,
                () -> {
                    last[0] = create();
                    return expected.test(last[0]);
                },
                () -> last[0].stderr());
    }

    private Kubectl.Result create() {
        return kubectl.run(List.of("create", "--dry-run=server", "-f", "-"), PIPELINE);
    }
}
