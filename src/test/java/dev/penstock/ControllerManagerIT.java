package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.ControllerManager;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Kubernetes' own controllers run what the webhook completed. */
@ParameterizedClass(name = "{0}", autoCloseArguments = false)
@ArgumentsSource(ControlPlanes.WithControllers.class)
class ControllerManagerIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String EVERY_MINUTE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: every-minute
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/image: registry.example.com/churn:1.4.2}
            spec: {schedule: "* * * * *"}
            """;

    private final ControlPlane controlPlane;
    private final Kubectl kubectl;

    ControllerManagerIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.kubectl = controlPlane.kubectl();
    }

    @Test
    void aMinimalPipelineBecomesAPodWithTheDefaults() {
        try (InstalledWebhook webhook = InstalledWebhook.on(controlPlane);
                ControllerManager controllers = controlPlane.controllerManager().orElseThrow()) {
            kubectl.mustRun(List.of("create", "-f", "-"), EVERY_MINUTE);
            missARun();

            Await.until(
                    "a pod of the pipeline",
                    Duration.ofSeconds(100),
                    () -> !list("pods").path("items").isEmpty(),
                    () -> controllers.output() + list("events") + list("cronjobs") + list("jobs"));

            JsonNode job = list("jobs").path("items").path(0);
            assertThat(job.at("/metadata/ownerReferences/0/name").asText()).isEqualTo("every-minute");
            JsonNode pod = list("pods").path("items").path(0).path("spec");
            assertThat(pod.path("restartPolicy").asText()).isEqualTo("OnFailure");
            JsonNode container = pod.path("containers").path(0);
            assertThat(container.path("name").asText()).isEqualTo("ml-pipeline-container");
            assertThat(container.path("image").asText()).isEqualTo("registry.example.com/churn:1.4.2");
            assertThat(container.path("args").toString()).isEqualTo("[\"--task\",\"run-pipeline\"]");

            assertThat(webhook.repeatReviews()).isEmpty();
        }
    }

    @AfterEach
    void clear() {
        kubectl.mustRun(List.of("delete", "cronjobs,jobs,pods", "--all", "--force", "--wait=false"), "");
    }

    /** A run that was missed is made up for at once; the next one would be up to a minute away. */
    private void missARun() {
        Instant last = Instant.now().minus(90, ChronoUnit.SECONDS).truncatedTo(ChronoUnit.SECONDS);
        String patch = "{\"status\":{\"lastScheduleTime\":\"" + last + "\"}}";
        kubectl.mustRun(
                List.of("patch", "cronjob", "every-minute", "--subresource=status", "--type=merge", "-p", patch), "");
    }

    private JsonNode list(String resource) {
        try {
            return JSON.readTree(
                    kubectl.mustRun(List.of("get", resource, "-o", "json"), "").stdout());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
