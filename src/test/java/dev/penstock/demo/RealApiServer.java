package dev.penstock.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.RecordedReview;
import dev.penstock.controlplane.RecordedWebhook;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real API server that asks the webhook, and the real kubectl. */
final class RealApiServer implements Stage {
    private static final String COLLECTION = "/apis/batch/v1/namespaces/default/cronjobs/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ControlPlane controlPlane;
    private final RecordedWebhook webhook;
    private final Kubectl kubectl;

    private RealApiServer(ControlPlane controlPlane, RecordedWebhook webhook) {
        this.controlPlane = controlPlane;
        this.webhook = webhook;
        this.kubectl = controlPlane.kubectl();
    }

    /** @param controlPlane is this one's to close from now on, even where the webhook does not start */
    static RealApiServer start(ControlPlane controlPlane) {
        RealApiServer server;
        try {
            server = new RealApiServer(controlPlane, RecordedWebhook.start());
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
        try {
            server.webhook.register(server.kubectl);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "A real API server, " + controlPlane + ", asks the webhook over TLS.";
    }

    @Override
    public Outcome apply(Sample sample) {
        webhook.recorder().forget();
        Kubectl.Result result = kubectl.run("apply", "-f", sample.file().toString());
        // As a terminal shows it: what kubectl warns of comes while it still waits for the answer.
        List<String> lines =
                Stream.concat(result.stderr().lines(), result.stdout().lines()).toList();
        return new Outcome(
                "$ kubectl apply -f " + sample,
                lines,
                sent(sample, lines),
                result.succeeded() ? Optional.of(stored(sample)) : Optional.empty());
    }

    private ObjectNode sent(Sample sample, List<String> lines) {
        return webhook.recorder().recorded().stream()
                .filter(review -> review.path().equals("/mutate"))
                .findFirst()
                .map(RecordedReview::object)
                .orElseThrow(() -> new IllegalStateException(
                        "the API server did not ask the webhook about " + sample + "\n" + String.join("\n", lines)));
    }

    /** As the API server writes it: kubectl's own output is sorted by name, and harder to read. */
    private ObjectNode stored(Sample sample) {
        String name = sample.tree().path("metadata").path("name").asText();
        String json =
                kubectl.mustRun(List.of("get", "--raw", COLLECTION + name), "").stdout();
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an API server must answer with JSON", e);
        }
    }

    @Override
    public String storedTitle() {
        return "What the cluster now holds";
    }

    @Override
    public List<String> invitation() {
        return List.of(
                "export KUBECONFIG=" + controlPlane.kubeconfig(),
                // Beside it, so that kubectl's cache goes with it.
                "export KUBECACHEDIR=" + controlPlane.kubeconfig().resolveSibling("cache"),
                "alias kubectl=" + controlPlane.kubectlProgram(),
                "kubectl get cronjobs",
                "kubectl get cronjob churn -o yaml",
                "kubectl diff -f samples/minimal.yaml",
                "kubectl apply --dry-run=server -f samples/mistakes/several.yaml");
    }

    @Override
    public void close() {
        webhook.close();
        controlPlane.close();
    }
}
