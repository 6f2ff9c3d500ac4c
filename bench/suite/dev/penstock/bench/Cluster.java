package dev.penstock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.RawApi;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A real API server that asks each peer about the pipelines which name it, and nobody about the others. */
final class Cluster implements AutoCloseable {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String VERSION = "1.37"; // the first that is used here with mutating policies
    private static final String LABEL = "penstock.dev/bench";
    private static final String CREATE = "/apis/batch/v1/namespaces/default/cronjobs?dryRun=All";
    private static final String ARGS = "/spec/jobTemplate/spec/template/spec/containers/0/args";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Setting setting;
    private final ControlPlane controlPlane;
    private final Config config;

    private Cluster(Setting setting, ControlPlane controlPlane, Config config) {
        this.setting = setting;
        this.controlPlane = controlPlane;
        this.config = config;
    }

    static Cluster start(Setting setting) throws Unmeasured {
        ControlPlane.Start start = ControlPlane.start(VERSION, System.err::println);
        if (start instanceof ControlPlane.Started started) {
            try {
                String kubeconfig = Files.readString(started.controlPlane().kubeconfig());
                return new Cluster(setting, started.controlPlane(), Config.fromKubeconfig(kubeconfig));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new Unmeasured(((ControlPlane.Unavailable) start).reason());
    }

    /** The environment in which the program finds it as a pod does: by its address and a token, without any kubeconfig. */
    Map<String, String> asInAPod() {
        List.of("namespace.yaml", "service-account.yaml", "rbac.yaml")
                .forEach(file -> kubectl()
                        .mustRun(List.of("apply", "--server-side", "-f", "deploy/" + file), ""));
        String token = kubectl()
                .mustRun(List.of("create", "token", "penstock", "-n", "penstock-system", "--duration", "12h"), "")
                .stdout()
                .strip();
        URI server = URI.create(config.getMasterUrl());
        return Map.of(
                "KUBECONFIG",
                setting.folder().resolve("none").toString(),
                "KUBERNETES_SERVICE_HOST",
                server.getHost(),
                "KUBERNETES_SERVICE_PORT",
                String.valueOf(server.getPort()),
                "KUBERNETES_CERTS_CA_FILE",
                authority().toString(),
                "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
                setting.write("token", token.getBytes(StandardCharsets.US_ASCII)).toString());
    }

    private Path authority() {
        return pem("ca.crt", config.getCaCertData(), config.getCaCertFile());
    }

    Kubectl kubectl() {
        return controlPlane.kubectl();
    }

    @Override
    public String toString() {
        return controlPlane.toString();
    }

    /** Both webhooks as {@code deploy/} registers them, for the pipelines that name this peer. */
    void register(Peer peer, String url) {
        for (String file : List.of("mutating-webhook.yaml", "validating-webhook.yaml")) {
            ObjectNode configuration = yaml(Path.of("deploy", file));
            configuration.withObject("/metadata").put("name", peer.name() + ".bench.penstock.dev");
            ObjectNode webhook = (ObjectNode) configuration.at("/webhooks/0");
            webhook.put("name", (file.startsWith("mutating") ? "mutate." : "validate.") + peer.name() + ".bench.penstock.dev");
            String path = webhook.at("/clientConfig/service/path").asText();
            webhook.putObject("clientConfig")
                    .put("url", url + path)
                    .put("caBundle", setting.certificate().caBundle());
            webhook.putObject("objectSelector").putObject("matchLabels").put(LABEL, peer.name());
            kubectl().mustRun(List.of("apply", "--server-side", "-f", "-"), configuration.toString());
        }
        try (RawApi api = controlPlane.api()) {
            await(peer, () -> {
                JsonNode created = create(api, pipeline(peer)).body();
                String metrics =
                        kubectl().mustRun(List.of("get", "--raw", "/metrics"), "").stdout();
                return isFilled(created) == peer.fillsIn()
                        && metrics.contains(asked("mutate", peer))
                        && metrics.contains(asked("validate", peer));
            });
        }
    }

    private static String asked(String webhook, Peer peer) {
        return "webhook_admission_duration_seconds_count{name=\"" + webhook + "." + peer.name() + ".";
    }

    /** Those of {@code bench/cluster/policies.yaml}. */
    void installPolicies() {
        kubectl().mustRun(List.of("apply", "--server-side", "-f", "bench/cluster/policies.yaml"), "");
        ObjectNode unknown = pipeline(Peer.POLICIES);
        unknown.withObject("/metadata/labels").put("penstock.dev/pipeline", "unknown");
        ObjectNode late = pipeline(Peer.POLICIES);
        late.withObject("/spec").put("startingDeadlineSeconds", 5);
        try (RawApi api = controlPlane.api()) {
            await(
                    Peer.POLICIES,
                    () -> isFilled(create(api, pipeline(Peer.POLICIES)).body())
                            && create(api, unknown).status() == 422
                            && create(api, late).warnings().size() == 1);
        }
    }

    private static RawApi.Answer create(RawApi api, ObjectNode pipeline) {
        return api.post(CREATE, pipeline.toString());
    }

    /** What the dry run of a pipeline that names this peer comes to, but for what each has of its own. */
    JsonNode created(Peer peer) {
        try (RawApi api = controlPlane.api()) {
            ObjectNode created = (ObjectNode) create(api, pipeline(peer)).body();
            created.withObject("/metadata").remove(List.of("name", "uid", "creationTimestamp", "managedFields"));
            created.withObject("/metadata/labels").remove(LABEL);
            return created;
        }
    }

    private static boolean isFilled(JsonNode created) {
        return !created.at(ARGS).isMissingNode();
    }

    /** Nothing is measured before it is sure that what costs time is at work. */
    private static void await(Peer peer, BooleanSupplier atWork) {
        Await.until("the API server to ask " + peer, LIMIT, atWork, () -> "");
    }

    /** The dry run of a pipeline that names this peer. */
    Load.Target create(Peer peer) {
        return new Load.Target(
                config.getMasterUrl().replaceAll("/$", "") + CREATE,
                authority(),
                List.of(
                        "-cert", pem("client.crt", config.getClientCertData(), config.getClientCertFile()).toString(),
                        "-key", pem("client.key", config.getClientKeyData(), config.getClientKeyFile()).toString()),
                setting.write(peer.name() + ".json", Reviews.bytes(pipeline(peer))),
                peer.fillsIn() ? "\"run-pipeline\"" : "\"CronJob\"");
    }

    private Path pem(String name, @Nullable String data, @Nullable String file) {
        if (data == null) {
            return Path.of(String.valueOf(file));
        }
        boolean isPem = data.startsWith("-----");
        return setting.write(name, isPem ? data.getBytes(StandardCharsets.US_ASCII) : Base64.getDecoder().decode(data));
    }

    private static ObjectNode pipeline(Peer peer) {
        ObjectNode pipeline = yaml(Path.of("bench", "cluster", "pipeline.yaml"));
        pipeline.withObject("/metadata/labels").put(LABEL, peer.name());
        return pipeline;
    }

    private static ObjectNode yaml(Path file) {
        try {
            return (ObjectNode) YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        controlPlane.close();
    }
}
