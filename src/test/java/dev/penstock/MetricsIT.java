package dev.penstock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.FreePorts;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import dev.penstock.docs.MetricsPage;
import dev.penstock.docs.Scrape;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged webhook tells Prometheus, and its log. */
class MetricsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String POLICY = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: science}
            spec:
              profiles: {training: {task: train}}
              exemptions: [{rules: [imageTag], reason: moving, expires: 2127-03-31}]
            """;
    // What would break a line, a terminal, or the format of Prometheus.
    private static final String HOSTILE = "churn\"} 1\npenstock_forged_total 1\n\u001b[2J\u202eINFO forged\u2028";

    @TempDir
    Path folder;

    private ServerCertificate certificate;
    private Path policy;

    @BeforeEach
    void prepare() throws IOException {
        certificate = ServerCertificate.make(folder);
        policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    }

    @Test
    void tellsOfEachMetricOfThePageAndOfNoOther() throws IOException {
        try (WebhookProcess webhook = WebhookProcess.start(certificate, Optional.of(policy))) {
            WebhookClient client =
                    new WebhookClient(webhook.endpoint().resolve("/").toURL());
            ask(client);

            Scrape scrape = scrape(webhook);
            assertThat(scrape.metrics()).isEqualTo(MetricsPage.metrics());
            assertThat(scrape.value(
                            "penstock_reviews_total",
                            Map.of(
                                    "webhook", "mutate",
                                    "operation", "CREATE",
                                    "verdict", "allowed",
                                    "profile", "training")))
                    .isEqualTo(1);
            assertThat(scrape.value(
                            "penstock_reviews_total",
                            Map.of(
                                    "webhook", "mutate",
                                    "operation", "CREATE",
                                    "verdict", "allowed",
                                    "profile", "none")))
                    .isEqualTo(1);
            assertThat(scrape.values("penstock_reviews_total", "profile"))
                    .containsExactly("default", "none", "training", "unknown");
            assertThat(scrape.value("penstock_errors_total", Map.of("kind", "unreadable")))
                    .isEqualTo(1);
            assertThat(scrape.value("penstock_errors_total", Map.of("kind", "wrong-type")))
                    .isEqualTo(1);
            assertThat(scrape.values("penstock_changes_total", "field"))
                    .contains("spec.jobTemplate.spec.template.spec.containers[].args");
            assertThat(scrape.value("penstock_policy_ready", Map.of("policy", "science")))
                    .isEqualTo(1);
            assertThat(scrape.value("penstock_certificate_expiry_timestamp_seconds", Map.of("certificate", "leaf")))
                    .isGreaterThan(1e9);
            assertThat(scrape.values("penstock_review_duration_seconds_count", "webhook"))
                    .containsExactly("mutate", "validate");
        }
    }

    /**
     * One that is allowed, one that is denied, one of an unknown profile, one of what is no pipeline, one of a wrong type, and
     * what is none.
     */
    private static void ask(WebhookClient client) {
        ObjectNode minimal = WebhookClient.request(Case.named("minimal"));
        assertThat(client.review("mutate", profile(minimal, "training"))
                        .path("allowed")
                        .asBoolean())
                .isTrue();
        assertThat(client.review("validate", profile(minimal, "default"))
                        .path("allowed")
                        .asBoolean())
                .isFalse();
        client.review("mutate", profile(minimal, HOSTILE));
        ObjectNode unlabelled = minimal.deepCopy();
        unlabelled.withObject("/object/metadata").remove("labels");
        client.review("mutate", unlabelled);
        ObjectNode wrong = minimal.deepCopy();
        wrong.withObject("/object").put("spec", "text");
        client.review("mutate", wrong);
        assertThat(client.post("mutate", "{").statusCode()).isEqualTo(400);
    }

    private static ObjectNode profile(ObjectNode request, String profile) {
        ObjectNode asked = request.deepCopy();
        asked.withObject("/object/metadata/labels").put("penstock.dev/pipeline", profile);
        return asked;
    }

    private static Scrape scrape(WebhookProcess webhook) {
        Response response = given().accept("text/plain;version=0.0.4")
                .get(webhook.management().resolve("/metrics"));
        assertThat(response.statusCode()).isEqualTo(200);
        return Scrape.of(response.asString());
    }

    @Test
    void tellsOfAPolicyThatCannotBeUsedAsLongAsItIsSo() throws IOException {
        try (WebhookProcess webhook = WebhookProcess.start(certificate, Optional.of(policy))) {
            Files.writeString(policy, POLICY + "  speck: {}\n");
            awaitReady(webhook, 0);
            Files.writeString(policy, POLICY);
            awaitReady(webhook, 1);
        }
    }

    private static void awaitReady(WebhookProcess webhook, int value) {
        Await.until(
                "the policy to be " + value,
                LIMIT,
                () -> scrape(webhook).value("penstock_policy_ready", Map.of("policy", "science")) == value,
                webhook::output);
    }

    @Test
    void writesALineForADenialAndOneForAnErrorAndNothingOfWhatWasSent() throws IOException {
        try (WebhookProcess webhook = WebhookProcess.start(certificate, Optional.of(policy))) {
            askWithHostileNames(
                    new WebhookClient(webhook.endpoint().resolve("/").toURL()));
            webhook.end();
            List<String> lines = webhook.output().lines().toList();
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0)).startsWith("penstock ").contains(" ready: ");
            assertThat(lines.get(1))
                    .contains(
                            " INFO ",
                            "denied webhook=mutate rules=schedule,timeZone operation=CREATE object=\"ml/churn\\u0022")
                    .contains("user=\"churn\\u0022", "uid=\"churn\\u0022");
            assertThat(lines.get(2)).contains(" INFO ", "error kind=wrong-type webhook=mutate operation=CREATE");
            assertThat(lines.get(3)).endsWith("error kind=unreadable webhook=mutate");
            assertThat(lines).allMatch(line -> line.matches("[ -~]+"));
            assertThat(webhook.output()).doesNotContain("hunter2");
        }
    }

    @Test
    void writesNothingButObjectsWhereItIsAskedTo() throws IOException {
        FreePorts ports = FreePorts.pick();
        try (WebhookProcess webhook = WebhookProcess.startAt(ports, certificate, List.of("--log-format", "json"))) {
            askWithHostileNames(
                    new WebhookClient(webhook.endpoint().resolve("/").toURL()));
            webhook.end();
            List<String> lines = webhook.output().lines().toList();
            assertThat(lines).hasSize(4);
            for (String line : lines) {
                JsonNode entry = JSON.readTree(line);
                assertThat(entry.path("level").asText()).isEqualTo("INFO");
                assertThat(entry.path("message").asText()).isNotEmpty().matches("[ -~]+");
            }
            assertThat(JSON.readTree(lines.get(1)).path("message").asText())
                    .startsWith("denied webhook=mutate rules=schedule,timeZone ");
        }
    }

    private static void askWithHostileNames(WebhookClient client) {
        ObjectNode request = WebhookClient.request(Case.named("minimal"));
        request.put("uid", HOSTILE).put("namespace", "ml");
        request.withObject("/userInfo").put("username", HOSTILE);
        request.withObject("/object/metadata").put("name", HOSTILE);
        request.withObject("/object/metadata/annotations").put("note", "hunter2");
        request.withObject("/object/spec")
                .put("schedule", "hunter2\nINFO forged")
                .put("timeZone", "hunter2");
        client.review("mutate", request);
        request.withObject("/object").put("spec", "hunter2");
        client.review("mutate", request);
        assertThat(client.post("mutate", "hunter2").statusCode()).isEqualTo(400);
    }
}
