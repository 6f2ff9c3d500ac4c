package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.cases.Case;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.KeptAlive;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged webhook that cannot write a line of its log. */
class FullDiskIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] REVIEW =
            ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":"
                            + WebhookClient.request(Case.named("minimal")) + "}")
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    /** Each change of a policy is logged, and so is each policy that is none. */
    @Test
    void reviewsGoOnAndFollowThePolicies() throws IOException {
        Path policy = write("0 2 * * *");
        ServerCertificate certificate = ServerCertificate.make(folder);
        try (WebhookProcess webhook = WebhookProcess.startWithFullDisk(certificate, policy);
                KeptAlive connection =
                        KeptAlive.to(webhook.endpoint(), Files.readAllBytes(certificate.certificate()))) {
            assertThat(patch(connection)).contains("0 2 * * *");
            write("never");
            assertThat(patch(connection)).contains("0 2 * * *");
            write("0 3 * * *");
            Await.until("the policy", LIMIT, () -> patch(connection).contains("0 3 * * *"), () -> "");
            assertThat(webhook.readiness()).isEqualTo(200);
        }
    }

    private Path write(String schedule) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: science}
                spec: {defaults: {spec: {schedule: %s}}}
                """.formatted(schedule));
    }

    private static String patch(KeptAlive connection) {
        try {
            String answer = connection.post("/mutate", REVIEW).body();
            String patch =
                    new ObjectMapper().readTree(answer).at("/response/patch").asText();
            return new String(Base64.getDecoder().decode(patch), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
