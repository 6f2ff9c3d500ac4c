package dev.penstock.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.WebhookProcess;
import io.restassured.response.Response;
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
 * record, is what the roles grant: each verb that one of them had too many, or too few, fails here. {@link LessAccessIT} tells
 * what each is for.
 */
class AccessIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
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
        try (ControlPlane controlPlane = ControlPlanes.audited()) {
            Kubectl kubectl = controlPlane.kubectl();
            new Installation(kubectl).apply("deploy");
            Path kubeconfig = Account.kubeconfig(kubectl, folder);
            try (WebhookProcess webhook = WebhookProcess.startWithOwnCertificates(
                    "penstock-system/penstock-tls", kubeconfig, "--from-cluster")) {
                useEverything(kubectl, webhook);
            }

            Set<Access> granted = Account.roles().stream()
                    .flatMap(role -> Access.grantedBy(role).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            List<JsonNode> requests = Account.requests(controlPlane);
            assertThat(requests.stream()
                            .filter(request -> !isGrantedByOurs(request))
                            .map(AccessIT::words))
                    .isEmpty();
            assertThat(asked(requests, granted)).isEqualTo(granted);
            assertThat(requests)
                    .as("lists of what there may be ten thousand of")
                    .filteredOn(request -> request.path("verb").asText().equals("list"))
                    .extracting(request -> request.path("requestURI").asText())
                    .filteredOn(address -> address.matches(".*/(namespaces|cronjobs)\\?.*"))
                    .hasSizeGreaterThan(1)
                    .allMatch(address -> address.matches(".*[?&]limit=(50|500)(&.*)?"));
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
        review(webhook).then().statusCode(200).body("response.allowed", equalTo(true));
        loseTheCertificates(kubectl, webhook);
    }

    /** In a namespace that no watch has brought. */
    static Response review(WebhookProcess webhook) throws IOException {
        ObjectNode review =
                (ObjectNode) JSON.readTree(Files.readString(Path.of("src/test/resources/recorded/minimal.json")));
        review.withObject("/request").put("namespace", "nowhere");
        review.withObject("/request/object/metadata").put("namespace", "nowhere");
        return given().relaxedHTTPSValidation()
                .contentType("application/json")
                .body(review.toString())
                .post(webhook.endpoint().resolve("/mutate"));
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

    private static Set<Access> asked(List<JsonNode> requests, Collection<Access> granted) {
        return requests.stream()
                .map(request -> Access.asked(request, granted))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
