package dev.penstock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import io.fabric8.zjsonpatch.JsonPatch;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Asks the webhook as the API server does.
 *
 * @param url of the webhook
 */
record WebhookClient(URL url) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** What a case comes to at {@code /mutate} and then {@code /validate}. */
    CaseAnswer answer(Case story) {
        ObjectNode request = request(story);
        JsonNode response = review("mutate", request);
        if (!response.path("allowed").asBoolean()) {
            return CaseAnswer.denied(denials(response));
        }
        JsonNode object = patched(request.path("object"), response);
        request.set("object", object);
        List<String> denials = denials(review("validate", request));
        return denials.isEmpty() ? CaseAnswer.allowed(withoutLastApplied(object)) : CaseAnswer.denied(denials);
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

    private static JsonNode patched(JsonNode object, JsonNode response) {
        assertThat(response.has("patch")).isEqualTo(response.has("patchType"));
        if (!response.has("patch")) {
            return object;
        }
        assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
        byte[] patch = Base64.getDecoder().decode(response.path("patch").asText());
        try {
            return JsonPatch.apply(JSON.readTree(patch), object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode withoutLastApplied(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        ObjectNode annotations = copy.withObject("/metadata/annotations").without(List.of(LAST_APPLIED));
        if (annotations.isEmpty()) {
            copy.withObject("/metadata").remove("annotations");
        }
        return copy;
    }

    /** The response to a request. */
    JsonNode review(String path, ObjectNode request) {
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
            throw new UncheckedIOException(e);
        }
    }

    Response post(String path, String body) {
        return given().relaxedHTTPSValidation()
                .contentType("application/json")
                .body(body)
                .post(url + path + "?timeout=5s");
    }

    /** As kubectl apply sends it. */
    static ObjectNode request(Case story) {
        ObjectNode object = Case.read(story.input());
        object.withObject("/metadata/annotations").put(LAST_APPLIED, object.toString());
        ObjectNode request = request(story.old().isPresent() ? "UPDATE" : "CREATE", object);
        story.old().ifPresent(old -> request.set("oldObject", Case.read(old)));
        return request;
    }

    static ObjectNode request(String operation, JsonNode object) {
        ObjectNode request = JSON.createObjectNode();
        request.put("uid", "705ab4f5-6393-11e8-b7cc-42010a800002")
                .put("operation", operation)
                .put("namespace", "default");
        request.putObject("resource").put("group", "batch").put("version", "v1").put("resource", "cronjobs");
        request.set("object", object);
        return request;
    }
}
