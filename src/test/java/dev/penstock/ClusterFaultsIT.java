package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.RawApi;
import dev.penstock.controlplane.Relay;
import dev.penstock.controlplane.ReviewRecorder;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook whose way to the API server is cut and mended, while the API server goes on and forgets. */
class ClusterFaultsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String POLICIES = "/apis/penstock.dev/v1alpha1/pipelinepolicies";
    private static final int ATTEMPTS = 20;

    private static ControlPlane controlPlane;
    private static Kubectl kubectl;

    @TempDir
    Path folder;

    private ServerCertificate certificate;
    private Relay relay;
    private WebhookProcess webhook;
    private ReviewRecorder client;

    @BeforeAll
    static void startControlPlane() {
        controlPlane = ControlPlanes.forgetful();
        kubectl = controlPlane.kubectl();
        InstalledWebhook.installResources(kubectl);
    }

    @AfterAll
    static void stopControlPlane() {
        if (controlPlane != null) {
            controlPlane.close();
        }
    }

    @BeforeEach
    void start() {
        apply("0 2 * * *");
        certificate = ServerCertificate.make(folder);
        relay = Relay.to(controlPlane);
        webhook = WebhookProcess.launchFromCluster(certificate, relay.kubeconfig(controlPlane, folder));
        client = ReviewRecorder.start(certificate);
        client.forwardTo(webhook);
    }

    @AfterEach
    void stop() {
        client.close();
        webhook.close();
        relay.close();
    }

    @Test
    void waitsForAnApiServerThatIsAwayAtTheStart() {
        Await.until("attempts", LIMIT, () -> relay.refused() > ATTEMPTS, webhook::output);
        webhook.awaitReadiness(503);
        relay.mend();
        webhook.awaitReady();
        awaitSchedule("0 2 * * *");
    }

    @Test
    void takesUpAWatchThatWasCut() {
        relay.mend();
        webhook.awaitReady();
        awaitSchedule("0 2 * * *");
        for (int minute = 0; minute < 3; minute++) {
            relay.cut();
            relay.mend();
            apply(minute + " 3 * * *");
            awaitSchedule(minute + " 3 * * *");
        }
    }

    @Test
    void noticesAWatchWhoseConnectionIsDead() {
        relay.mend();
        webhook.awaitReady();
        awaitSchedule("0 2 * * *");
        relay.stall();
        apply("0 5 * * *");
        awaitSchedule("0 5 * * *");
    }

    @Test
    void listsAnewWhatIsTooOldToBeWatched() {
        relay.mend();
        webhook.awaitReady();
        awaitSchedule("0 2 * * *");
        int refused = relay.refused();
        relay.cut();
        String seen = version();
        apply("0 4 * * *");
        awaitForgotten(seen);
        Await.until("attempts", LIMIT, () -> relay.refused() > refused, webhook::output);
        assertThat(schedule()).isEqualTo("0 2 * * *");
        relay.mend();
        awaitSchedule("0 4 * * *");
    }

    /** Where the watch of the webhook would begin again. */
    private static String version() {
        try (RawApi api = controlPlane.api()) {
            return api.get(POLICIES).body().at("/metadata/resourceVersion").asText();
        }
    }

    private void awaitForgotten(String version) {
        try (RawApi api = controlPlane.api()) {
            Await.until(
                    "version " + version + " to be forgotten",
                    LIMIT,
                    () -> api.get(POLICIES + "?watch=true&timeoutSeconds=1&resourceVersion=" + version)
                            .body()
                            .toString()
                            .contains("\"reason\":\"Expired\""),
                    () -> "");
        }
    }

    private static void apply(String schedule) {
        kubectl.mustRun(List.of("apply", "-f", "-"), """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: science}
                spec: {defaults: {spec: {schedule: %s}}}
                """.formatted(schedule));
    }

    private void awaitSchedule(String expected) {
        Await.until("the schedule " + expected, LIMIT, () -> schedule().equals(expected), webhook::output);
    }

    private String schedule() {
        try {
            ObjectNode review = (ObjectNode)
                    new ObjectMapper().readTree(Files.readString(Path.of("src/test/resources/recorded/minimal.json")));
            return client.send("/mutate", review).patched().at("/spec/schedule").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
