package dev.penstock.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program as the service account that is shipped, and nobody else. What it asks for, by the API server's own
 * record, is what the roles grant: each verb that one of them had too many, or too few, fails here.
 */
class AccessIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = "system:serviceaccount:penstock-system:penstock";
    private static final List<String> APPLY = List.of("apply", "-f", "-");

    private static final String[] READY = {
        "wait", "--for=condition=Ready", "--timeout=1s", "ppol/science", "pdef/team", "-n", "default"
    };

    private static final String PIPELINE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: churn
              namespace: default
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/image: registry.example.com/churn:1.4.2}
            spec: {}
            """;
    private static final String DOCUMENTS = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: science}
            spec: {defaults: {spec: {schedule: 0 2 * * *}}}
            ---
            apiVersion: penstock.dev/v1alpha1
            kind: PipelineDefaults
            metadata: {name: team, namespace: default}
            spec: {defaults: {spec: {startingDeadlineSeconds: 77}}}
            """;

    @Test
    void needsWhatTheRolesGrantAndNothingElse(@TempDir Path folder) throws IOException {
        ServerCertificate certificate = ServerCertificate.make(folder);
        try (ControlPlane controlPlane = ControlPlanes.audited()) {
            Kubectl kubectl = controlPlane.kubectl();
            new Installation(kubectl).apply("deploy");
            Path kubeconfig = kubeconfig(kubectl, folder);
            try (WebhookProcess webhook = WebhookProcess.startWithOwnCertificates(
                    "penstock-system/penstock-tls", kubeconfig, "--from-cluster")) {
                useEverything(kubectl, webhook);
            }

            Set<Access> granted = roles(kubectl).stream()
                    .flatMap(role -> Access.grantedBy(role).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            List<JsonNode> requests = requests(controlPlane);
            assertThat(requests.stream()
                            .filter(request -> !isGrantedByOurs(request))
                            .map(AccessIT::words))
                    .isEmpty();
            assertThat(asked(requests, granted)).isEqualTo(granted);

            withoutWatchingNamespacesItSaysSoAndIsNotReady(kubectl, certificate, kubeconfig);
        }
    }

    private static void useEverything(Kubectl kubectl, WebhookProcess webhook) throws IOException {
        // By the Service, the API server would not find it: no pod runs.
        kubectl.mustRun(
                List.of("delete", "mutatingwebhookconfigurations,validatingwebhookconfigurations", "--all"), "");
        Registration.applyUntrusted(kubectl, webhook.endpoint(), webhook.endpoint())
                .awaitActive();
        kubectl.mustRun(APPLY, DOCUMENTS);
        Await.until(
                "statuses, which are written last",
                LIMIT,
                () -> kubectl.run(READY).succeeded(),
                webhook::output);
        kubectl.mustRun(APPLY, PIPELINE);
        assertThat(kubectl.mustRun(
                                List.of(
                                        "get",
                                        "cronjob",
                                        "churn",
                                        "-n",
                                        "default",
                                        "-o",
                                        "jsonpath={.spec.schedule} {.spec.startingDeadlineSeconds}"),
                                "")
                        .stdout())
                .isEqualTo("0 2 * * * 77");
        assertThat(kubectl.mustRun(List.of("apply", "--dry-run=server", "-f", "-"), DOCUMENTS.replace("0 2", "0 3"))
                        .warnings())
                .contains("governs 1 existing pipeline in 1 namespace");
        reviewInANamespaceThatNoWatchHasBrought(webhook);
        loseTheCertificates(kubectl, webhook);
    }

    private static void reviewInANamespaceThatNoWatchHasBrought(WebhookProcess webhook) throws IOException {
        ObjectNode review =
                (ObjectNode) JSON.readTree(Files.readString(Path.of("src/test/resources/recorded/minimal.json")));
        review.withObject("/request").put("namespace", "nowhere");
        review.withObject("/request/object/metadata").put("namespace", "nowhere");
        given().relaxedHTTPSValidation()
                .contentType("application/json")
                .body(review.toString())
                .post(webhook.endpoint().resolve("/mutate"))
                .then()
                .statusCode(200)
                .body("response.allowed", equalTo(true));
    }

    private static void loseTheCertificates(Kubectl kubectl, WebhookProcess webhook) {
        String[] kept = {"get", "secret", "penstock-tls", "-n", "penstock-system", "-o", "jsonpath={.data.ca\\.crt}"};
        kubectl.mustRun(
                List.of(
                        "patch",
                        "secret",
                        "penstock-tls",
                        "-n",
                        "penstock-system",
                        "--type=merge",
                        "-p",
                        "{\"data\":{\"ca.crt\":\"\"}}"),
                "");
        Await.until(
                "the Secret to heal", LIMIT, () -> !kubectl.run(kept).stdout().isEmpty(), webhook::output);
    }

    private static void withoutWatchingNamespacesItSaysSoAndIsNotReady(
            Kubectl kubectl, ServerCertificate certificate, Path kubeconfig) {
        ObjectNode role = roles(kubectl).get(0);
        assertThat(role.at("/metadata/name").asText()).isEqualTo("penstock");
        role.path("rules").forEach(rule -> {
            if (rule.at("/resources/0").asText().equals("namespaces")) {
                ((ObjectNode) rule).putArray("verbs").add("get");
            }
        });
        kubectl.mustRun(APPLY, role.toString());
        Await.until(
                "the API server to grant less",
                LIMIT,
                () -> kubectl.run("auth", "can-i", "list", "namespaces", "--as=" + ACCOUNT)
                                .exit()
                        != 0,
                () -> "");
        try (WebhookProcess webhook = WebhookProcess.launchFromCluster(certificate, kubeconfig)) {
            Await.until(
                    "a word on namespaces",
                    LIMIT,
                    () -> webhook.output().contains("cannot watch namespaces, and tries again; not ready before that"),
                    webhook::output);
            webhook.awaitReadiness(503);
        }
    }

    /** For nobody but the service account. */
    private static Path kubeconfig(Kubectl kubectl, Path folder) throws IOException {
        String token = kubectl.mustRun(List.of("create", "token", "penstock", "-n", "penstock-system"), "")
                .stdout()
                .strip();
        ObjectNode config = (ObjectNode) JSON.readTree(
                kubectl.mustRun(List.of("config", "view", "--raw", "--flatten", "--minify", "-o", "json"), "")
                        .stdout());
        ObjectNode user = (ObjectNode) config.at("/users/0");
        user.putObject("user").put("token", token);
        return Files.writeString(folder.resolve("kubeconfig"), config.toString());
    }

    /** As they are shipped. */
    private static List<ObjectNode> roles(Kubectl kubectl) {
        List<ObjectNode> roles =
                Objects.read(kubectl.mustRun(List.of("kustomize", "deploy"), "").stdout()).values().stream()
                        .filter(object -> object.path("kind").asText().matches("(Cluster)?Role"))
                        .toList();
        assertThat(roles).hasSize(3);
        return roles;
    }

    private static List<JsonNode> requests(ControlPlane controlPlane) {
        return controlPlane.requests().stream()
                .map(AccessIT::event)
                .filter(event -> event.at("/user/username").asText().equals(ACCOUNT))
                .filter(event -> event.has("objectRef")) // everybody may ask for /version
                .toList();
    }

    private static boolean isGrantedByOurs(JsonNode request) {
        return request.path("annotations")
                .path("authorization.k8s.io/reason")
                .asText()
                .matches(
                        ".* of (Cluster)?Role \"penstock(-certificates)?\" to ServiceAccount \"penstock/penstock-system\"");
    }

    private static String words(JsonNode request) {
        return request.path("verb").asText() + " " + request.path("requestURI").asText() + ": "
                + request.path("annotations");
    }

    private static JsonNode event(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API server writes: " + line, e);
        }
    }

    private static Set<Access> asked(List<JsonNode> requests, Collection<Access> granted) {
        return requests.stream()
                .map(request -> Access.asked(request, granted))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
