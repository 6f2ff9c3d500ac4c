package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.KeptAlive;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.RawApi;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.TlsClient;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Certificates and authorities that are renewed every few seconds, while pipelines are created. */
@EachControlPlane
class CertificateRenewalIT {
    private static final String SECRET = "penstock-brief";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int CREATORS = 2;
    private static final int AUTHORITIES = 3;
    private static final String PIPELINE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              generateName: renewal-
              namespace: default
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/image: registry.example.com/churn:1}
            spec: {}
            """;
    private static final String REVIEW = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
              "uid": "kept-alive", "operation": "CREATE", "namespace": "default",
              "resource": {"group": "batch", "version": "v1", "resource": "cronjobs"},
              "object": {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "churn"}}}}
            """;

    @Parameter
    ControlPlane controlPlane;

    private Set<X509Certificate> leaves;
    private Set<String> authorities;
    private Queue<String> failures;
    private AtomicInteger created;
    private AtomicBoolean over;

    @BeforeEach
    void begin() {
        leaves = ConcurrentHashMap.newKeySet();
        authorities = ConcurrentHashMap.newKeySet();
        failures = new ConcurrentLinkedQueue<>();
        created = new AtomicInteger();
        over = new AtomicBoolean();
    }

    private record Server(WebhookProcess process, String configuration) {
        byte[] bundle(RawApi api) throws IOException {
            JsonNode found = api.get("/apis/admissionregistration.k8s.io/v1/" + configuration)
                    .body();
            return found.at("/webhooks/0/clientConfig/caBundle").binaryValue();
        }
    }

    @Test
    void noReviewAndNoConnectionIsLost() throws Exception {
        Kubectl kubectl = controlPlane.kubectl();
        String[] brief = {"--leaf-validity", "12s", "--ca-validity", "36s"};
        ExecutorService threads = Executors.newCachedThreadPool();
        try (WebhookProcess one =
                        WebhookProcess.startWithOwnCertificates("default/" + SECRET, controlPlane.kubeconfig(), brief);
                WebhookProcess other =
                        WebhookProcess.startWithOwnCertificates("default/" + SECRET, controlPlane.kubeconfig(), brief);
                Registration registration = Registration.applyUntrusted(kubectl, one.endpoint(), other.endpoint());
                RawApi api = controlPlane.api()) {
            registration.awaitActive();
            Server mutating = new Server(one, "mutatingwebhookconfigurations/penstock.dev");
            Server validating = new Server(other, "validatingwebhookconfigurations/penstock.dev");
            List<CompletableFuture<Void>> load = new ArrayList<>();
            for (int i = 0; i < CREATORS; i++) {
                load.add(CompletableFuture.runAsync(() -> create(api), threads));
            }
            load.add(CompletableFuture.runAsync(() -> connect(List.of(mutating, validating), api), threads));
            load.add(CompletableFuture.runAsync(() -> keepAlive(one.endpoint(), bundle(mutating, api)), threads));
            try {
                Await.until(
                        "authorities to be renewed",
                        LIMIT,
                        () -> authorities.size() >= AUTHORITIES || !failures.isEmpty(),
                        () -> one.output() + other.output());
            } finally {
                over.set(true);
                load.forEach(CompletableFuture::join);
            }
            assertThat(failures).as(() -> one.output() + other.output()).isEmpty();
            assertThat(created).hasPositiveValue();
            assertThat(leaves).hasSizeGreaterThan(AUTHORITIES);
        } finally {
            threads.shutdownNow();
            kubectl.mustRun(List.of("delete", "secret", SECRET, "--ignore-not-found"), "");
        }
    }

    private static byte[] bundle(Server server, RawApi api) {
        try {
            return server.bundle(api);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void create(RawApi api) {
        while (!over.get()) {
            RawApi.Answer answer = api.post("/apis/batch/v1/namespaces/default/cronjobs?dryRun=All", PIPELINE);
            if (answer.succeeded()) {
                created.incrementAndGet();
            } else {
                failures.add(Instant.now() + " " + answer.body());
            }
        }
    }

    /** Whoever trusts the bundle as it is can always connect. */
    private void connect(List<Server> servers, RawApi api) {
        while (!over.get()) {
            servers.forEach(server -> connect(server, api));
        }
    }

    private void connect(Server server, RawApi api) {
        try {
            X509Certificate shown = TlsClient.certificate(server.process.endpoint(), server.bundle(api));
            leaves.add(shown);
            authorities.add(shown.getIssuerX500Principal().getName());
        } catch (IOException e) {
            failures.add(Instant.now() + " " + server.configuration + ": " + e);
        }
    }

    private void keepAlive(URI endpoint, byte[] bundle) {
        byte[] review = REVIEW.getBytes(StandardCharsets.US_ASCII);
        try (KeptAlive connection = KeptAlive.to(endpoint, bundle)) {
            while (!over.get()) {
                KeptAlive.Answer answer = connection.post("/mutate", review);
                if (answer.status() != 200) {
                    failures.add("kept alive: " + answer);
                }
            }
        } catch (IOException e) {
            failures.add("kept alive: " + e);
        }
    }
}
