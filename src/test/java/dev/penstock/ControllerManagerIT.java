package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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

    private static final String STEPS = EVERY_MINUTE
            .replace("name: every-minute", "name: steps")
            .replace("annotations: {", "annotations: {penstock.dev/tasks: 'extract, train, evaluate', ");

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
            JsonNode pod = pod("every-minute", EVERY_MINUTE, controllers);

            JsonNode job = named("every-minute", "jobs");
            assertThat(job.at("/metadata/ownerReferences/0/name").asText()).isEqualTo("every-minute");
            assertThat(pod.path("restartPolicy").asText()).isEqualTo("OnFailure");
            JsonNode container = pod.path("containers").path(0);
            assertThat(container.path("name").asText()).isEqualTo("ml-pipeline-container");
            assertThat(container.path("image").asText()).isEqualTo("registry.example.com/churn:1.4.2");
            assertThat(container.path("args").toString()).isEqualTo("[\"--task\",\"run-pipeline\"]");

            assertThat(webhook.repeatReviews()).isEmpty();
        }
    }

    @Test
    void stepsBecomeThePodThatRunsThemInOrder() {
        try (InstalledWebhook webhook = InstalledWebhook.on(controlPlane);
                ControllerManager controllers = controlPlane.controllerManager().orElseThrow()) {
            JsonNode pod = pod("steps", STEPS, controllers);

            assertThat(pod.at("/initContainers/0/args/1").asText()).isEqualTo("extract");
            assertThat(pod.at("/initContainers/1/args/1").asText()).isEqualTo("train");
            assertThat(pod.at("/containers/0/args/1").asText()).isEqualTo("evaluate");
            assertThat(pod.path("initContainers").size()
                            + pod.path("containers").size())
                    .isEqualTo(3);

            assertThat(webhook.repeatReviews()).isEmpty();
        }
    }

    /** The spec of the pod that comes of the pipeline. */
    private JsonNode pod(String name, String pipeline, ControllerManager controllers) {
        kubectl.mustRun(List.of("create", "-f", "-"), pipeline);
        missARun(name);
        Await.until(
                "a pod of the pipeline",
                Duration.ofSeconds(100),
                () -> !named(name, "pods").isMissingNode(),
                () -> controllers.output() + list("events") + list("cronjobs") + list("jobs"));
        return named(name, "pods").path("spec");
    }

    @AfterEach
    void clear() {
        kubectl.mustRun(List.of("delete", "cronjobs,jobs,pods", "--all", "--force", "--wait=false"), "");
    }

    /** A run that was missed is made up for at once; the next one would be up to a minute away. */
    private void missARun(String name) {
        Instant last = Instant.now().minus(90, ChronoUnit.SECONDS).truncatedTo(ChronoUnit.SECONDS);
        String patch = "{\"status\":{\"lastScheduleTime\":\"" + last + "\"}}";
        kubectl.mustRun(List.of("patch", "cronjob", name, "--subresource=status", "--type=merge", "-p", patch), "");
    }

    /** The first that is named after the pipeline: what another test deleted may linger. */
    private JsonNode named(String pipeline, String resource) {
        for (JsonNode item : list(resource).path("items")) {
            if (item.at("/metadata/name").asText().startsWith(pipeline)) {
                return item;
            }
        }
        return MissingNode.getInstance();
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
