package dev.penstock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.KeptAlive;
import dev.penstock.controlplane.RawApi;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All that can fail while two replicas look after their certificates: pipelines are created, one connection after the other is
 * made by whom the API server trusts, and one is kept.
 */
final class RenewalLoad implements AutoCloseable {
    private static final int CREATORS = 2;
    private static final Duration LIMIT = Duration.ofMinutes(2);
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

    private final RawApi api;
    private final Set<X509Certificate> leaves = ConcurrentHashMap.newKeySet();
    private final Set<String> authorities = ConcurrentHashMap.newKeySet();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<CompletableFuture<Void>> threads = new ArrayList<>();

    private RenewalLoad(RawApi api) {
        this.api = api;
    }

    private record Server(URI endpoint, String configuration) {
        byte[] bundle(RawApi api) throws IOException {
            JsonNode found = api.get("/apis/admissionregistration.k8s.io/v1/" + configuration)
                    .body();
            return found.at("/webhooks/0/clientConfig/caBundle").binaryValue();
        }
    }

    /**
     * Begins, and goes on until it is closed.
     *
     * @param one registered for {@code /mutate}, and the one to which a connection is kept
     * @param other registered for {@code /validate}
     */
    static RenewalLoad start(ControlPlane controlPlane, WebhookProcess one, WebhookProcess other) {
        RenewalLoad load = new RenewalLoad(controlPlane.api());
        Server mutating = new Server(one.endpoint(), "mutatingwebhookconfigurations/penstock.dev");
        Server validating = new Server(other.endpoint(), "validatingwebhookconfigurations/penstock.dev");
        for (int i = 0; i < CREATORS; i++) {
            load.run("creations " + i, load::create);
        }
        load.run("connections", () -> load.connect(List.of(mutating, validating)));
        load.run("a connection", () -> load.keepAlive(mutating));
        return load;
    }

    private void run(String name, Runnable action) {
        threads.add(CompletableFuture.runAsync(action, command -> new Thread(command, name).start()));
    }

    private void create() {
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
    private void connect(List<Server> servers) {
        while (!over.get()) {
            servers.forEach(this::connect);
            connected.incrementAndGet();
        }
    }

    private void connect(Server server) {
        try {
            X509Certificate shown = TlsClient.certificate(server.endpoint, server.bundle(api));
            leaves.add(shown);
            authorities.add(shown.getIssuerX500Principal().getName());
        } catch (IOException e) {
            failures.add(Instant.now() + " " + server.configuration + ": " + e);
        }
    }

    private void keepAlive(Server server) {
        byte[] review = REVIEW.getBytes(StandardCharsets.US_ASCII);
        try (KeptAlive connection = KeptAlive.to(server.endpoint, server.bundle(api))) {
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

    /** Waits until so many more pipelines were created, and both were connected to anew. */
    void awaitMore(int pipelines) {
        int createdBefore = created.get();
        int connectedBefore = connected.get();
        Await.until(
                pipelines + " more pipelines",
                LIMIT,
                () -> !failures.isEmpty()
                        || (created.get() >= createdBefore + pipelines && connected.get() > connectedBefore + 1),
                () -> created + " created, " + connected + " connected");
    }

    /** Every certificate that was shown. */
    Set<X509Certificate> leaves() {
        return leaves;
    }

    /** By whom these are. */
    Set<String> authorities() {
        return authorities;
    }

    /** What went wrong so far. */
    Queue<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        over.set(true);
        threads.forEach(CompletableFuture::join);
        api.close();
    }
}
