package dev.penstock.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.RecordedReview;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/**
 * The reviews that stand in for an API server are what one really sends. {@code -Drecord=true} writes them anew; the
 * difference is then read, not trusted.
 */
@EachControlPlane
class RecordedReviewsIT {
    private static final boolean RECORD = Boolean.getBoolean("record");
    private static final ObjectMapper JSON = new ObjectMapper();
    // In place of what is different each time.
    private static final String SOME_UID = "00000000-0000-4000-8000-000000000000";
    private static final String SOME_TIME = "2026-01-01T00:00:00Z";

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    ControlPlane controlPlane;

    @Test
    void areWhatAnApiServerSends() throws IOException {
        Kubectl kubectl = controlPlane.kubectl();
        try (InstalledWebhook webhook = InstalledWebhook.on(controlPlane)) {
            for (Sample sample : Sample.all()) {
                webhook.recorder().forget();
                kubectl.run("apply", "-f", sample.file().toString());
                ObjectNode review = first(webhook.recorder().recorded());
                if (RECORD && controlPlane.version().equals(RecordedReviews.RECORDED_FROM)) {
                    Files.writeString(
                            sample.recording(),
                            JSON.writerWithDefaultPrettyPrinter().writeValueAsString(review) + "\n");
                }
                assertThat((JsonNode) review)
                        .as(sample.toString())
                        .isEqualTo(JSON.readTree(sample.recording().toFile()));
            }
        } finally {
            kubectl.mustRun(List.of("delete", "cronjobs", "--all", "--wait=false"), "");
        }
    }

    private static ObjectNode first(List<RecordedReview> recorded) {
        assertThat(recorded).isNotEmpty();
        assertThat(recorded.get(0).path()).isEqualTo("/mutate");
        return normalised(recorded.get(0).review());
    }

    private static ObjectNode normalised(ObjectNode review) {
        ObjectNode copy = review.deepCopy();
        ObjectNode request = (ObjectNode) copy.path("request");
        request.put("uid", SOME_UID);
        ((ObjectNode) request.path("userInfo")).remove("extra"); // the client's certificate
        ObjectNode metadata = (ObjectNode) request.path("object").path("metadata");
        metadata.path("managedFields").forEach(entry -> ((ObjectNode) entry).put("time", SOME_TIME));
        if (metadata.has("uid")) {
            metadata.put("uid", SOME_UID);
        }
        if (metadata.has("creationTimestamp")) {
            metadata.put("creationTimestamp", SOME_TIME);
        }
        return copy;
    }
}
