package dev.penstock.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * Somebody else's mutating webhook: puts a container called {@value #SIDECAR} in front of every CronJob's, as service meshes
 * do.
 */
public final class Injector implements AutoCloseable {
    /** What the container is called. */
    public static final String SIDECAR = "sidecar";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CONTAINERS = "/spec/jobTemplate/spec/template/spec/containers";

    // No pipeline, so that no other webhook has to do with it.
    private static final String PROBE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: injector-probe, namespace: default}
            spec:
              schedule: 0 1 * * *
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: registry.example.com/probe:1}]
            """;

    private static final String CONFIGURATION = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: {name: %1$s}
            webhooks:
              - name: inject.example.com
                admissionReviewVersions: [v1]
                sideEffects: None
                clientConfig: {url: "https://127.0.0.1:%2$d/", caBundle: %3$s}
                rules:
                  - {apiGroups: [batch], apiVersions: [v1], resources: [cronjobs], operations: [CREATE, UPDATE]}
            """;

    /** When it is called. The API server goes by the names of the configurations; Penstock's is {@code penstock.dev}. */
    public enum Turn {
        BEFORE_PENSTOCK("a-injector.example.com"),
        AFTER_PENSTOCK("z-injector.example.com");

        private final String configuration;

        Turn(String configuration) {
            this.configuration = configuration;
        }
    }

    private final Kubectl kubectl;
    private final Turn turn;
    private final Cleanup folder;
    private final HttpsServer server;

    private Injector(Kubectl kubectl, Turn turn, Path folder) throws IOException {
        this.kubectl = kubectl;
        this.turn = turn;
        this.folder = Cleanup.of(() -> Scratch.delete(folder));
        ServerCertificate certificate = ServerCertificate.make(folder);
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.sslContext()));
        server.createContext("/", Injector::answer);
        server.start();
        String configuration =
                CONFIGURATION.formatted(turn.configuration, server.getAddress().getPort(), certificate.caBundle());
        kubectl.mustRun(List.of("apply", "--server-side", "-f", "-"), configuration);
    }

    /** Registers it, and returns when the API server asks it. */
    public static Injector on(ControlPlane controlPlane, Turn turn) {
        try {
            Injector injector = new Injector(controlPlane.kubectl(), turn, Scratch.folder("injector"));
            injector.awaitInjection(true);
            return injector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitInjection(boolean wanted) {
        Kubectl.Result[] last = new Kubectl.Result[1];
        Await.until(
                "the API server to " + (wanted ? "ask" : "forget") + " the injector",
                LIMIT,
                () -> {
                    last[0] = kubectl.run(List.of("create", "--dry-run=server", "-o", "json", "-f", "-"), PROBE);
                    return last[0].succeeded() && last[0].stdout().contains(SIDECAR) == wanted;
                },
                () -> last[0].stderr());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request =
                    JSON.readTree(exchange.getRequestBody().readAllBytes()).path("request");
            ObjectNode review = JSON.createObjectNode();
            review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
            ObjectNode response = review.putObject("response")
                    .put("uid", request.path("uid").asText())
                    .put("allowed", true);
            JsonNode containers = request.path("object").at(CONTAINERS);
            if (!isInjected(containers)) {
                String patch = patch(containers.isArray()).toString();
                response.put("patchType", "JSONPatch")
                        .put("patch", Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)));
            }
            byte[] body = JSON.writeValueAsBytes(review);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean isInjected(JsonNode containers) {
        for (JsonNode container : containers) {
            if (container.path("name").asText().equals(SIDECAR)) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode patch(boolean listed) {
        ObjectNode sidecar =
                JSON.createObjectNode().put("name", SIDECAR).put("image", "registry.example.com/sidecar:2.1");
        ObjectNode add = JSON.createObjectNode().put("op", "add").put("path", CONTAINERS + (listed ? "/0" : ""));
        add.set("value", listed ? sidecar : JSON.createArrayNode().add(sidecar));
        return JSON.createArrayNode().add(add);
    }

    /** Takes it away, and waits until the API server has forgotten it. */
    @Override
    public void close() {
        kubectl.mustRun(
                List.of("delete", "mutatingwebhookconfiguration", turn.configuration, "--ignore-not-found"), "");
        awaitInjection(false);
        server.stop(0);
        folder.close();
    }
}
