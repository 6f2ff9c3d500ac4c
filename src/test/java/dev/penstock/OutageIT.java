package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.ReviewRecorder;
import dev.penstock.controlplane.ServerCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What a webhook that does not answer holds up, and what not. */
@EachControlPlane
class OutageIT {
    private static final List<String> CREATE = List.of("create", "-f", "-");
    private static final String MANIFEST = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: churn
              labels: {penstock.dev/pipeline: default}
              finalizers: [example.com/archive]
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

    private Kubectl kubectl;

    @BeforeParameterizedClassInvocation
    void connect(ControlPlane controlPlane) {
        kubectl = controlPlane.kubectl();
    }

    @BeforeEach
    void registerAServerThatIsGone(@TempDir Path folder) {
        kubectl.mustRun(CREATE, MANIFEST);
        ServerCertificate certificate = ServerCertificate.make(folder);
        ReviewRecorder server = ReviewRecorder.start(certificate);
        URI endpoint = server.endpoint();
        server.close();
        Registration.apply(kubectl, endpoint, certificate);
        Await.until(
                "pipelines to be refused",
                Duration.ofSeconds(30),
                () -> !dryRun("penstock.dev/pipeline").succeeded(),
                () -> "");
    }

    @AfterEach
    void remove() {
        kubectl.mustRun(
                List.of(
                        "delete",
                        "mutatingwebhookconfigurations,validatingwebhookconfigurations",
                        "-l",
                        "app.kubernetes.io/name=penstock"),
                "");
        kubectl.run("patch", "cronjob", "churn", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        kubectl.mustRun(List.of("delete", "cronjob", "churn", "--ignore-not-found"), "");
    }

    @Test
    void aPipelineWithAFinalizerCanBeDeleted() {
        kubectl.mustRun(List.of("delete", "cronjob", "churn", "--wait=false"), "");
        assertThat(kubectl.run("get", "cronjob", "churn").succeeded()).isTrue();

        kubectl.mustRun(
                List.of("patch", "cronjob", "churn", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}"), "");

        assertThat(kubectl.run("get", "cronjob", "churn").stderr()).contains("NotFound");
    }

    @Test
    void onlyEditsOfPipelinesWait() {
        assertThat(kubectl.run("label", "cronjob", "churn", "team=ml").stderr())
                .contains("failed calling webhook \"mutate.penstock.dev\"");

        assertThat(dryRun("example.com/other").succeeded()).isTrue();
        kubectl.mustRun(List.of("create", "job", "now", "--from=cronjob/churn", "--dry-run=server"), "");
        kubectl.mustRun(
                List.of(
                        "patch",
                        "cronjob",
                        "churn",
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\":{\"lastScheduleTime\":\"2026-01-01T01:00:00Z\"}}"),
                "");
    }

    private Kubectl.Result dryRun(String label) {
        return kubectl.run(
                List.of("create", "-f", "-", "--dry-run=server"),
                MANIFEST.replace("name: churn", "name: other").replace("penstock.dev/pipeline", label));
    }
}
