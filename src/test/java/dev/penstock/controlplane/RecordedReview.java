package dev.penstock.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One call of the webhook.
 *
 * @param path that was called: {@code /mutate} or {@code /validate}
 * @param review the AdmissionReview that was sent
 * @param answer the AdmissionReview that came back
 */
public record RecordedReview(String path, ObjectNode review, ObjectNode answer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public JsonNode request() {
        return review.path("request");
    }

    public JsonNode response() {
        return answer.path("response");
    }

    public boolean isAllowed() {
        return response().path("allowed").asBoolean();
    }

    /** The object as it was sent. */
    public ObjectNode object() {
        return (ObjectNode) request().path("object");
    }

    /** The operations of RFC 6902; empty where nothing is to be changed. */
    public Optional<JsonNode> patch() {
        if (!response().has("patch")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(response().path("patch").binaryValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The object with the patch applied. */
    public ObjectNode patched() {
        return patch().map(patch -> (ObjectNode) JsonPatch.apply(patch, object()))
                .orElseGet(this::object);
    }

    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        response().path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return warnings;
    }

    /** The review that another webhook's change would bring: the same request, with what became of its object. */
    public ObjectNode asReinvocation() {
        ObjectNode again = review.deepCopy();
        request(again).set("object", patched());
        return again;
    }

    /** The review of an update that changes nothing about what became of the object. */
    public ObjectNode asUpdateWithoutChange() {
        ObjectNode update = asReinvocation();
        ObjectNode request = request(update).put("operation", "UPDATE");
        request.set("oldObject", patched());
        ObjectNode options = request.putObject("options");
        options.put("apiVersion", "meta.k8s.io/v1").put("kind", "UpdateOptions");
        return update;
    }

    private static ObjectNode request(ObjectNode review) {
        return (ObjectNode) review.path("request");
    }

    /** Writes the review, without its answer, as JSON for people to read. */
    public void writeTo(Path file) {
        try {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(review) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
