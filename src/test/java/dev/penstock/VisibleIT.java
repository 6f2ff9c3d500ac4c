package dev.penstock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.WebhookProcess;
import dev.penstock.docs.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is to be seen of the packaged webhook in a cluster: in the audit log of a real API server, in metrics, in its log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VisibleIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String READY = "penstock_policy_ready";
    private static final String AUTHOR = "system:serviceaccount:default:author";
    private static final String POLICY = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: science}
            spec:
              rules: {retries: {action: Audit, max: 1}}
              exemptions: [{rules: [imageTag], reason: moving, expires: 2127-03-31}]
            """;
    private static final String PIPELINE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: %s
              namespace: default
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/image: registry.example.com/churn:1.4.2}
            spec: {schedule: "%s", jobTemplate: {spec: {backoffLimit: 7}}}
            """;

    private ControlPlane controlPlane;
    private Kubectl kubectl;
    private WebhookProcess webhook;

    @BeforeAll
    void install() {
        controlPlane = ControlPlanes.audited();
        kubectl = controlPlane.kubectl();
        InstalledWebhook.installResources(kubectl);
        webhook = WebhookProcess.startWithOwnCertificates(
                "default/penstock-tls", controlPlane.kubeconfig(), "--from-cluster");
        Registration.applyUntrusted(kubectl, webhook.endpoint(), webhook.endpoint())
                .awaitActive();
        apply(POLICY);
        awaitReady("science", 1);
    }

    @AfterAll
    void remove() {
        webhook.close();
        controlPlane.close();
    }

    @Test
    void theAuditLogHoldsWhatEachAnswerCameTo(@TempDir Path folder) throws IOException {
        Path author = author(folder);

        create(author, PIPELINE.formatted("churn", "0 2 * * *"));
        JsonNode stored = annotations("churn");
        assertThat(stored.path("mutate.penstock.dev/verdict").asText()).isEqualTo("allowed");
        assertThat(stored.path("mutate.penstock.dev/policies").asText()).isEqualTo("science, built-in");
        assertThat(stored.path("mutate.penstock.dev/changed").asText())
                .contains("spec.jobTemplate.spec.template.spec.containers[ml-pipeline-container].imagePullPolicy");
        assertThat(stored.path("mutate.penstock.dev/defaulted").asText()).startsWith("{");
        assertThat(stored.path("validate.penstock.dev/verdict").asText()).isEqualTo("allowed");
        assertThat(stored.path("validate.penstock.dev/findings").asText())
                .contains("spec.jobTemplate.spec.backoffLimit: ", "(rule retries) [policy science]");

        create(author, PIPELINE.formatted("never", "0 0 31 2 *"));
        JsonNode denied = annotations("never");
        assertThat(denied.path("validate.penstock.dev/verdict").asText()).isEqualTo("denied");
        Await.until(
                "a line on the denial",
                LIMIT,
                () -> webhook.output()
                        .contains("denied webhook=validate rules=schedule operation=CREATE object=default/never user="
                                + AUTHOR + " uid="),
                webhook::output);
    }

    private void create(Path kubeconfig, String manifest) {
        kubectl.run(List.of("create", "--kubeconfig", kubeconfig.toString(), "-f", "-"), manifest);
    }

    /** Of the request that created it, or was to. */
    private JsonNode annotations(String name) {
        List<JsonNode> found = new ArrayList<>();
        Await.until(
                "a record of " + name,
                LIMIT,
                () -> {
                    created(name).ifPresent(found::add);
                    return !found.isEmpty();
                },
                () -> controlPlane.requests().toString());
        return found.get(0).path("annotations");
    }

    private Optional<JsonNode> created(String name) {
        return controlPlane.requests().stream()
                .filter(event -> event.at("/user/username").asText().equals(AUTHOR))
                .filter(event -> event.path("verb").asText().equals("create"))
                .filter(event -> event.at("/objectRef/resource").asText().equals("cronjobs"))
                .filter(event -> event.at("/objectRef/name").asText().equals(name))
                .findFirst();
    }

    /** For a user whose requests are recorded, as an administrator's are not. */
    private Path author(Path folder) throws IOException {
        kubectl.mustRun(List.of("create", "serviceaccount", "author", "-n", "default"), "");
        kubectl.mustRun(
                List.of(
                        "create",
                        "clusterrolebinding",
                        "author",
                        "--clusterrole=cluster-admin",
                        "--serviceaccount=default:author"),
                "");
        String token = kubectl.mustRun(List.of("create", "token", "author", "-n", "default"), "")
                .stdout()
                .strip();
        ObjectNode config = (ObjectNode) JSON.readTree(
                kubectl.mustRun(List.of("config", "view", "--raw", "--flatten", "--minify", "-o", "json"), "")
                        .stdout());
        ((ObjectNode) config.at("/users/0")).putObject("user").put("token", token);
        return Files.writeString(folder.resolve("kubeconfig"), config.toString());
    }

    @Test
    void metricsTellOfCertificatesThatAreItsOwn() {
        Scrape scrape = scrape();
        double leaf = certificate(scrape, "leaf");
        double authority = certificate(scrape, "ca");
        assertThat(leaf).isGreaterThan(1e9);
        assertThat(authority - leaf).isBetween(300 * 86_400.0, 365 * 86_400.0);
    }

    private static double certificate(Scrape scrape, String certificate) {
        return scrape.value("penstock_certificate_expiry_timestamp_seconds", Map.of("certificate", certificate));
    }

    @Test
    void metricsTellOfAPolicyFromItsBeginningToItsEnd() {
        assertThat(scrape().value(READY, Map.of("policy", "built-in"))).isEqualTo(1);
        String other = POLICY.replace("science", "other");
        apply(other);
        awaitReady("other", 1);
        assertThat(scrape().named("penstock_exemption_expiry_timestamp_seconds"))
                .extracting(sample -> sample.labels().get("policy"))
                .contains("other");

        // As one that was there before a version that knows less.
        kubectl.mustRun(List.of("delete", "validatingwebhookconfiguration", "policies.penstock.dev"), "");
        Await.until(
                "the policy to be taken",
                LIMIT,
                () -> kubectl.run(List.of("apply", "--validate=false", "-f", "-"), other + "  speck: {}\n")
                        .succeeded(),
                webhook::output);
        awaitReady("other", 0);

        kubectl.mustRun(List.of("delete", "pipelinepolicy", "other"), "");
        Await.until(
                "no series of what is gone",
                LIMIT,
                () -> !scrape().values(READY, "policy").contains("other"),
                webhook::output);
    }

    private void apply(String document) {
        Await.until(
                "a policy to be taken",
                LIMIT,
                () -> kubectl.run(List.of("apply", "-f", "-"), document).succeeded(),
                webhook::output);
    }

    private void awaitReady(String policy, int value) {
        Map<String, String> labels = Map.of("policy", policy);
        Await.until(
                "the policy " + policy + " to be " + value,
                LIMIT,
                () -> scrape().values(READY, "policy").contains(policy) && scrape().value(READY, labels) == value,
                webhook::output);
    }

    private Scrape scrape() {
        return Scrape.of(given().accept("text/plain;version=0.0.4")
                .get(webhook.management().resolve("/metrics"))
                .asString());
    }
}
