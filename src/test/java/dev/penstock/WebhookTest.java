package dev.penstock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import io.fabric8.zjsonpatch.JsonPatch;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
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
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    @TestHTTPResource(value = "/", tls = true)
    URL url;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    static List<Case> cases() {
        return Case.all().stream().filter(story -> story.policyFile().isEmpty()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersACaseAsTheReviewerDoes(Case story) throws IOException {
        ObjectNode request = request(story);
        JsonNode response = review("mutate", request);
        List<String> denials = denials(response);
        if (response.path("allowed").asBoolean()) {
            JsonNode object = patched(request.path("object"), response);
            JsonNode withoutEvidence = withoutLastApplied(object);
            story.expected().ifPresent(expected -> assertThat(withoutEvidence).isEqualTo(Case.read(expected)));
            request.set("object", object);
            denials = denials(review("validate", request));
        }
        assertThat(denials)
                .isEqualTo(story.outcomeLines().stream()
                        .filter(line -> line.startsWith("Deny "))
                        .map(line -> line.substring("Deny ".length()))
                        .toList());
    }

    private static List<String> denials(JsonNode response) {
        List<String> denials = new ArrayList<>();
        response.path("status")
                .path("details")
                .path("causes")
                .forEach(cause -> denials.add(cause.path("field").asText() + ": "
                        + cause.path("message").asText()));
        assertThat(denials.isEmpty()).isEqualTo(response.path("allowed").asBoolean());
        return denials;
    }

    private static JsonNode patched(JsonNode object, JsonNode response) throws IOException {
        assertThat(response.has("patch")).isEqualTo(response.has("patchType"));
        if (!response.has("patch")) {
            return object;
        }
        assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
        return JsonPatch.apply(
                JSON.readTree(Base64.getDecoder().decode(response.path("patch").asText())), object);
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
                        "spec.jobTemplate.spec.template.spec.containers[0]: must be an object"),
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
        String label = "'metadata':{'labels':{'penstock.dev/pipeline':'default'},"
                + "'annotations':{'penstock.dev/image':'a:1'}}";
        ObjectNode request =
                request("CREATE", JSON.readTree(object.replace("LABEL", label).replace('\'', '"')));
        JsonNode response = review("mutate", request);
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
        ObjectNode request = request(operation, JsonNodeFactory.instance.objectNode());
        ((ObjectNode) request.path("resource")).put("resource", resource);
        request.put("subResource", subResource);
        JsonNode response = review("validate", request);
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.path("status").path("message").asText()).startsWith("The webhook configuration is wrong");
    }

    @Test
    void answersADryRunAsARealRequest() {
        ObjectNode request = request(Case.named("minimal"));
        JsonNode real = review("mutate", request);
        assertThat(review("mutate", request.put("dryRun", true))).isEqualTo(real);
    }

    @Test
    void denialIsWhatKubectlShows() {
        JsonNode status = review("mutate", request(Case.named("all-at-once"))).path("status");
        assertThat(status.path("code").asInt()).isEqualTo(422);
        assertThat(status.path("reason").asText()).isEqualTo("Invalid");
        assertThat(status.path("details").path("kind").asText()).isEqualTo("CronJob");
        assertThat(status.path("details").path("name").asText()).isEqualTo("churn");
        assertThat(status.path("details").path("causes")).hasSize(3);
        status.path("details")
                .path("causes")
                .forEach(cause -> assertThat(cause.path("message").asText()).matches(".* \\(rule [a-zA-Z]+\\)"));
    }

    @Test
    void isReadyOnAPortOfItsOwn() {
        given().get(ready).then().statusCode(200);
    }

    private JsonNode review(String path, ObjectNode request) {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1")
                .put("kind", "AdmissionReview")
                .set("request", request);
        Response response = post(path, review.toString());
        assertThat(response.statusCode()).isEqualTo(200);
        try {
            JsonNode answer = JSON.readTree(response.asByteArray());
            assertThat(answer.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
            assertThat(answer.path("kind").asText()).isEqualTo("AdmissionReview");
            assertThat(answer.path("response").path("uid")).isEqualTo(request.path("uid"));
            return answer.path("response");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Response post(String path, String body) {
        return given().relaxedHTTPSValidation()
                .contentType("application/json")
                .body(body)
                .post(url + path + "?timeout=5s");
    }

    private static JsonNode withoutLastApplied(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        ObjectNode annotations = copy.withObject("/metadata/annotations").without(List.of(LAST_APPLIED));
        if (annotations.isEmpty()) {
            copy.withObject("/metadata").remove("annotations");
        }
        return copy;
    }

    /** As kubectl apply sends it. */
    private static ObjectNode request(Case story) {
        ObjectNode object = Case.read(story.input());
        object.withObject("/metadata/annotations").put(LAST_APPLIED, object.toString());
        ObjectNode request = request(story.old().isPresent() ? "UPDATE" : "CREATE", object);
        story.old().ifPresent(old -> request.set("oldObject", Case.read(old)));
        return request;
    }

    private static ObjectNode request(String operation, JsonNode object) {
        ObjectNode request = JSON.createObjectNode();
        request.put("uid", "705ab4f5-6393-11e8-b7cc-42010a800002")
                .put("operation", operation)
                .put("namespace", "default");
        request.putObject("resource").put("group", "batch").put("version", "v1").put("resource", "cronjobs");
        request.set("object", object);
        return request;
    }
}
