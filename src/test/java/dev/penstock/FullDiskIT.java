package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.cases.Case;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.FreePorts;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged webhook that cannot write a line of its log, whose log nobody reads, and that is told to end while it logs. */
class FullDiskIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] REVIEW =
            ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":"
                            + WebhookClient.request(Case.named("minimal")) + "}")
                    .getBytes(StandardCharsets.UTF_8);

    private static final byte[] BROKEN = {'{'};

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

    /** Of so many lines, a pipe holds a tenth: 64 KiB on Linux. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text", "json"})
    void reviewsGoOnWhileNobodyReadsTheLog(String format) throws IOException {
        ServerCertificate certificate = ServerCertificate.make(folder);
        try (WebhookProcess webhook = WebhookProcess.startUnread(certificate, List.of("--log-format", format));
                KeptAlive connection =
                        KeptAlive.to(webhook.endpoint(), Files.readAllBytes(certificate.certificate()))) {
            sendBroken(connection, 6_000);
            assertThat(patch(connection)).contains("0 1 * * *");
            assertThat(webhook.readiness()).isEqualTo(200);
            webhook.kill(); // the end that it is told of would wait for a reader
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text", "json"})
    void writesTheLastLineBeforeItEnds(String format) throws IOException {
        ServerCertificate certificate = ServerCertificate.make(folder);
        try (WebhookProcess webhook =
                        WebhookProcess.startAt(FreePorts.pick(), certificate, List.of("--log-format", format));
                KeptAlive connection =
                        KeptAlive.to(webhook.endpoint(), Files.readAllBytes(certificate.certificate()))) {
            sendBroken(connection, 400);
            webhook.end();
            assertThat(webhook.output().lines().filter(line -> line.contains("error kind=")))
                    .hasSize(400);
        }
    }

    /** Each is logged. */
    private static void sendBroken(KeptAlive connection, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(connection.post("/mutate", BROKEN).status()).isEqualTo(400);
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
