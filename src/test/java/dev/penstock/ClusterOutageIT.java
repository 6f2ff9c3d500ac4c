package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.RecordedReview;
import dev.penstock.controlplane.ReviewRecorder;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before a cluster has what is watched, and after its API server is gone. Of a control plane of its own, which it takes down. */
class ClusterOutageIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String POLICY = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: science}
            spec: {defaults: {spec: {schedule: 0 2 * * *}}}
            """;

    @Test
    void isNotReadyBeforeAllIsLoadedAndKeepsWhatItKnows(@TempDir Path folder) throws IOException {
        ServerCertificate certificate = ServerCertificate.make(folder);
        ObjectNode review = (ObjectNode)
                new ObjectMapper().readTree(Files.readString(Path.of("src/test/resources/recorded/minimal.json")));
        ControlPlane controlPlane = ControlPlanes.ofItsOwn();
        try (WebhookProcess webhook = WebhookProcess.launchFromCluster(certificate, controlPlane.kubeconfig());
                ReviewRecorder client = ReviewRecorder.start(certificate)) {
            client.forwardTo(webhook);
            Await.until(
                    "a word on what is missing",
                    LIMIT,
                    () -> webhook.output().contains("cannot watch pipelinepolicies.penstock.dev, and tries again"),
                    webhook::output);
            webhook.awaitReadiness(503);
            RecordedReview early = client.send("/mutate", review);
            assertThat(early.isAllowed()).isFalse();
            assertThat(early.response().toString())
                    .contains(
                            "Penstock cannot review this CronJob now: the policies of the cluster are not loaded yet.");

            Kubectl kubectl = controlPlane.kubectl();
            InstalledWebhook.installResources(kubectl);
            kubectl.mustRun(List.of("apply", "-f", "-"), POLICY);
            webhook.awaitReady();
            Await.until("the policy", LIMIT, () -> schedule(client, review).equals("0 2 * * *"), webhook::output);

            controlPlane.close();
            assertThat(schedule(client, review)).isEqualTo("0 2 * * *");
            assertThat(webhook.readiness()).isEqualTo(200);
            Await.until(
                    "a word on the outage",
                    LIMIT,
                    () -> webhook.output().matches("(?s).* Watch error received [^\n]*: Connection refused\n.*"),
                    webhook::output);
        } finally {
            controlPlane.close();
        }
    }

    private static String schedule(ReviewRecorder client, ObjectNode review) {
        return client.send("/mutate", review).patched().at("/spec/schedule").asText();
    }
}
