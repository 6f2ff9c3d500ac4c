package dev.penstock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.TlsClient;
import dev.penstock.docs.Scrape;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire: what the two endpoints answer to reviews, and to what is none. */
@QuarkusTest
@WithTestResource(ServedOverTls.class)
class WebhookTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource(value = "/", tls = true)
    URL url;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    static List<Case> cases() {
        return Case.all().stream().filter(story -> story.policyFile().isEmpty()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersACaseAsTheReviewerDoes(Case story) {
        assertThat(client().answer(story)).isEqualTo(CaseAnswer.expected(story));
    }

    static Stream<Arguments> brokenBodies() {
        String head = "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"";
        String request = head + ",\"request\":{\"uid\":\"u\",\"operation\":\"CREATE\",\"object\":";
        return Stream.of(
                Arguments.of("empty", "", "no JSON object"),
                Arguments.of("blank", "  \n", "no JSON object"),
                Arguments.of("null", "null", "no JSON object"),
                Arguments.of("a list", "[]", "no JSON object"),
                Arguments.of("no JSON", "kind: AdmissionReview", "not JSON"),
                Arguments.of("cut off", head, "not JSON"),
                Arguments.of("trailing garbage", head + "} x", "not JSON"),
                Arguments.of("a second document", head + "}{}", "something follows"),
                Arguments.of("duplicate keys", "{\"kind\":1,\"kind\":2}", "Duplicate field 'kind'"),
                Arguments.of("not a number", "{\"kind\":NaN}", "not JSON"),
                Arguments.of("deep", "[".repeat(5000) + "]".repeat(5000), "nested more than 100 deep"),
                Arguments.of("a long number", "{\"n\":" + "9".repeat(5000) + "}", "number"),
                Arguments.of("no request", head + "}", "request: must be there"),
                Arguments.of("a request of null", head + ",\"request\":null}", "request: must be there"),
                Arguments.of("a request of text", head + ",\"request\":\"x\"}", "request: must be an object"),
                Arguments.of("another version", head.replace("v1", "v1beta1") + "}", "must be admission.k8s.io/v1"),
                Arguments.of("another kind", head.replace("Review", "Request") + "}", "must be AdmissionReview"),
                Arguments.of("no uid", request.replace("\"uid\":\"u\",", "") + "{}}}", "request.uid: must be there"),
                Arguments.of(
                        "a uid of a number", request.replace("\"u\"", "7") + "{}}}", "request.uid: must be a string"),
                Arguments.of("no object", request + "null}}", "request.object: must be an object"),
                Arguments.of("an object of text", request + "\"x\"}}", "request.object: must be an object"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenBodies")
    void refusesABrokenRequestInOneSentence(String story, String body, String sentence) {
        for (String path : List.of("mutate", "validate")) {
            Response response = post(path, body);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.asString())
                    .startsWith("This is no admission review that Penstock can read: ")
                    .contains(sentence)
                    .endsWith(".\n")
                    .hasLineCount(1)
                    .doesNotContain("Exception", "Source", "jackson");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mutate", "validate"})
    void refusesWhatIsLongerThanAnyReview(String path) {
        Response response = post(path, " ".repeat((7 << 20) + 1));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.asString()).isEqualTo("The request is longer than 7 MiB: no admission review is.\n");
    }

    static Stream<Arguments> brokenWires() {
        return Stream.of(
                Arguments.of("a chunk of no size", "zz\r\n", "unreadable"),
                Arguments.of("an endless extension of a chunk", "5;" + "x".repeat(20_000) + "\r\n", "unreadable"),
                Arguments.of("an end before the last chunk", "5\r\n{\"a\":\r\n", "cut-off"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenWires")
    void countsABrokenBodyAsItsSenders(String story, String body, String kind) throws Exception {
        double before = errors(kind);
        double internal = errors("internal");
        try (SSLSocket socket =
                TlsClient.connect(url.toURI(), Files.readAllBytes(Path.of("target/webhook-test-tls/tls.crt")))) {
            socket.getOutputStream()
                    .write(("POST /mutate HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
        Await.until(
                "an error",
                Duration.ofSeconds(30),
                () -> errors(kind) + errors("internal") > before + internal,
                () -> "");
        assertThat(errors("internal")).isEqualTo(internal);
        assertThat(errors(kind)).isEqualTo(before + 1);
    }

    private double errors(String kind) {
        Response metrics = given().accept("text/plain;version=0.0.4")
                .get(URI.create(ready.toString()).resolve("/metrics"));
        return Scrape.of(metrics.asString()).value("penstock_errors_total", Map.of("kind", kind));
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                Arguments.of("the labels a text", "{'metadata':{'labels':'x'}}", "metadata.labels: must be an object"),
                Arguments.of(
                        "the label a number",
                        "{'metadata':{'labels':{'penstock.dev/pipeline':1}}}",
                        "must be a string"),
                Arguments.of("the spec a list", "{LABEL,'spec':[]}", "spec: must be an object, but is a list"),
                Arguments.of(
                        "the schedule a number", "{LABEL,'spec':{'schedule':5}}", "spec.schedule: must be a string"),
                Arguments.of(
                        "the containers an object",
                        "{LABEL,'spec':{'jobTemplate':{'spec':{'template':{'spec':{'containers':{}}}}}}}",
                        "spec.jobTemplate.spec.template.spec.containers: must be a list"),
                Arguments.of(
                        "a container a text",
                        "{LABEL,'spec':{'jobTemplate':{'spec':{'template':{'spec':{'containers':['x']}}}}}}",
                        "spec.jobTemplate.spec.template.spec.containers[0]: must be an object"));
    }

    /** In what is checked, and neither filled in nor read for that. */
    static Stream<Arguments> laterWrongTypes() {
        return Stream.of(
                Arguments.of(
                        "a deadline a text",
                        "{LABEL,'spec':{'startingDeadlineSeconds':'soon'}}",
                        "spec.startingDeadlineSeconds: must be a whole number"),
                Arguments.of(
                        "a deadline beyond all numbers",
                        "{LABEL,'spec':{'startingDeadlineSeconds':99999999999999999999}}",
                        "spec.startingDeadlineSeconds: must be a whole number"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTypes")
    void deniesAWrongTypeByItsPath(String story, String object, String sentence) throws IOException {
        assertDenied("mutate", object, sentence);
        assertDenied("validate", object, sentence);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("laterWrongTypes")
    void deniesAWrongTypeOfWhatIsCheckedAlone(String story, String object, String sentence) throws IOException {
        assertDenied("validate", object, sentence);
    }

    private void assertDenied(String webhook, String object, String sentence) throws IOException {
        String label = "'metadata':{'labels':{'penstock.dev/pipeline':'default'},"
                + "'annotations':{'penstock.dev/image':'a:1'}}";
        ObjectNode request = WebhookClient.request(
                "CREATE", JSON.readTree(object.replace("LABEL", label).replace('\'', '"')));
        JsonNode response = review(webhook, request);
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.path("status").path("code").asInt()).isEqualTo(400);
        assertThat(response.path("status").path("message").asText()).contains(sentence);
    }

    static Stream<Arguments> misdirected() {
        return Stream.of(
                Arguments.of("another resource", "CREATE", "jobs", ""),
                Arguments.of("another operation", "CONNECT", "cronjobs", ""),
                Arguments.of("a deletion", "DELETE", "cronjobs", ""),
                Arguments.of("a subresource", "UPDATE", "cronjobs", "status"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misdirected")
    void deniesWhatTheConfigurationNeverSends(String story, String operation, String resource, String subResource) {
        ObjectNode request = WebhookClient.request(operation, JsonNodeFactory.instance.objectNode());
        ((ObjectNode) request.path("resource")).put("resource", resource);
        request.put("subResource", subResource);
        JsonNode response = review("validate", request);
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.path("status").path("message").asText()).startsWith("The webhook configuration is wrong");
    }

    @Test
    void answersADryRunAsARealRequest() {
        ObjectNode request = WebhookClient.request(Case.named("minimal"));
        JsonNode real = review("mutate", request);
        assertThat(review("mutate", request.put("dryRun", true))).isEqualTo(real);
    }

    @Test
    void denialIsWhatKubectlShows() {
        JsonNode status = review("mutate", WebhookClient.request(Case.named("all-at-once")))
                .path("status");
        assertThat(status.path("code").asInt()).isEqualTo(422);
        assertThat(status.path("reason").asText()).isEqualTo("Invalid");
        assertThat(status.path("details").path("kind").asText()).isEqualTo("CronJob");
        assertThat(status.path("details").path("name").asText()).isEqualTo("churn");
        assertThat(status.path("details").path("causes")).hasSize(3);
        status.path("details")
                .path("causes")
                .forEach(cause -> assertThat(cause.path("message").asText()).matches(".* \\(rule [a-zA-Z]+\\)"));
    }

    static Stream<Arguments> updatesOfAPolicyThatCannotBeUsed() {
        return Stream.of(
                Arguments.of("a label", "{'metadata':{'name':'a','labels':{'x':'y'}},SPEC}", true),
                Arguments.of("a finalizer and a status", "{'metadata':{'finalizers':['x/y']},'status':{},SPEC}", true),
                Arguments.of("another wrong value", "{'metadata':{'name':'a'},'spec':{'priority':'low'}}", false),
                Arguments.of("a key beside the spec", "{'metadata':{'name':'a'},'speck':1,SPEC}", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updatesOfAPolicyThatCannotBeUsed")
    void refusesOfAPolicyThatCannotBeUsedNoUpdateOfItsMetadata(String story, String update, boolean allowed)
            throws IOException {
        JsonNode response = review("policies", policyUpdate("{'metadata':{'name':'a'},SPEC}", update));
        assertThat(response.path("allowed").asBoolean()).isEqualTo(allowed);
        assertThat(response.path("warnings").toString().contains("spec.priority: must be"))
                .isEqualTo(allowed);
        assertThat(review("policies", (ObjectNode) policyUpdate("{}", update).without("oldObject"))
                        .path("allowed")
                        .asBoolean())
                .isFalse();
    }

    private static ObjectNode policyUpdate(String old, String update) throws IOException {
        ObjectNode request = WebhookClient.request("UPDATE", policy(update));
        request.withObject("/resource")
                .put("group", "penstock.dev")
                .put("version", "v1alpha1")
                .put("resource", "pipelinepolicies");
        return request.set("oldObject", policy(old));
    }

    private static JsonNode policy(String members) throws IOException {
        return JSON.readTree(members.replace("SPEC", "'spec':{'priority':'high'}")
                .replaceFirst("\\{", "{'apiVersion':'penstock.dev/v1alpha1','kind':'PipelinePolicy',")
                .replace(",}", "}")
                .replace('\'', '"'));
    }

    @Test
    void isReadyOnAPortOfItsOwn() {
        given().get(ready).then().statusCode(200);
    }

    private JsonNode review(String path, ObjectNode request) {
        return client().review(path, request);
    }

    private Response post(String path, String body) {
        return client().post(path, body);
    }

    private WebhookClient client() {
        return new WebhookClient(url);
    }
}
