package dev.penstock.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The webhook configurations of {@code deploy/}, with a URL instead of a Service: the API server runs outside any cluster. */
public final class Registration implements AutoCloseable {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path DEPLOY = Path.of("deploy");
    // Validating first: once the other one is seen at work, this one has long been.
    private static final List<String> FILES = List.of(
            "policy-webhook.yaml",
            "components/require-label/require-label-webhook.yaml",
            "validating-webhook.yaml",
            "mutating-webhook.yaml");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    // Refused without Penstock, since it has no schedule; allowed with it, by any policy that names one.
    private static final String PROBE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: penstock-probe
              namespace: default
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/image: registry.example.com/probe:1}
            spec: {}
            """;

    private final Kubectl kubectl;

    private Registration(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    /** Registers a server, whether it is there or not, and returns at once: the API server learns of it a moment later. */
    public static Registration apply(Kubectl kubectl, URI endpoint, ServerCertificate certificate) {
        return apply(kubectl, endpoint, endpoint, Optional.of(certificate.caBundle()));
    }

    /** The same for servers that make the API server trust them. */
    public static Registration applyUntrusted(Kubectl kubectl, URI mutating, URI validating) {
        return apply(kubectl, mutating, validating, Optional.empty());
    }

    private static Registration apply(Kubectl kubectl, URI mutating, URI validating, Optional<String> caBundle) {
        for (String file : FILES) {
            ObjectNode configuration = read(DEPLOY.resolve(file));
            URI endpoint = configuration.path("kind").asText().startsWith("Mutating") ? mutating : validating;
            for (JsonNode webhook : configuration.path("webhooks")) {
                pointTo(endpoint, caBundle, (ObjectNode) webhook.path("clientConfig"));
            }
            kubectl.mustRun(List.of("apply", "--server-side", "-f", "-"), configuration.toString());
        }
        return new Registration(kubectl);
    }

    private static ObjectNode read(Path file) {
        try {
            return (ObjectNode) YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pointTo(URI endpoint, Optional<String> caBundle, ObjectNode clientConfig) {
        String path = clientConfig.path("service").path("path").asText();
        clientConfig.remove("service");
        clientConfig.put("url", endpoint.resolve(path).toString());
        caBundle.ifPresent(bundle -> clientConfig.put("caBundle", bundle));
    }

    /** Waits until the API server asks the webhook, as a dry run shows. */
    public Registration awaitActive() {
        Kubectl.Result[] last = new Kubectl.Result[1];
        Await.until(
                "the API server to ask the webhook",
                LIMIT,
                () -> {
                    last[0] = kubectl.run(List.of("create", "--dry-run=server", "-f", "-"), PROBE);
                    return last[0].succeeded();
                },
                () -> last[0].stderr());
        return this;
    }

    /** Takes the configurations away, and waits until the API server has forgotten them. */
    @Override
    public void close() {
        FILES.forEach(file ->
                kubectl.mustRun(List.of("delete", "-f", DEPLOY.resolve(file).toString(), "--ignore-not-found"), ""));
        Kubectl.Result[] last = new Kubectl.Result[1];
        Await.until(
                "the API server to forget the webhook",
                LIMIT,
                () -> {
                    last[0] = kubectl.run(List.of("create", "--dry-run=server", "-f", "-"), PROBE);
                    return last[0].stderr().contains("spec.schedule: Required value");
                },
                () -> last[0].stderr());
    }
}
