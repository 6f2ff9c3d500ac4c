package dev.penstock.admission;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response of an {@code AdmissionReview} of {@code admission.k8s.io/v1}.
 *
 * @param uid of the request
 * @param status why the object is refused; null where it is allowed
 * @param patch operations of RFC 6902; empty where the object is to be as it was sent
 * @param warnings that the client shows, in order
 * @param auditAnnotations without the webhook's name in front of their keys
 */
@RegisterForReflection(targets = {Status.class, StatusDetails.class, StatusCause.class})
record AdmissionResponse(
        String uid,
        @Nullable Status status,
        ArrayNode patch,
        List<String> warnings,
        Map<String, String> auditAnnotations) {
    static final ArrayNode NO_PATCH = JsonNodeFactory.instance.arrayNode();

    private static final JsonMapper JSON = new JsonMapper();

    boolean isAllowed() {
        return status == null;
    }

    /** The review that is sent back, as JSON. Field by field: of a class Jackson would ask each by reflection. */
    byte[] write() {
        try {
            // Ahead, so that what is written next has the same buffers.
            byte[] base64 = patch.isEmpty() ? new byte[0] : Base64.getEncoder().encode(JSON.writeValueAsBytes(patch));
            // The audit annotations tell the same as the patch: with that room it need not grow.
            ByteArrayOutputStream review = new ByteArrayOutputStream(2 * base64.length + 256);
            try (JsonGenerator json = JSON.createGenerator(review)) {
                write(json, base64);
            }
            return review.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("what is our own must be JSON", e);
        }
    }

    private void write(JsonGenerator json, byte[] base64) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "AdmissionReview");
        json.writeStringField("apiVersion", "admission.k8s.io/v1");
        json.writeObjectFieldStart("response");
        json.writeStringField("uid", uid);
        json.writeBooleanField("allowed", isAllowed());
        if (status != null) {
            json.writePOJOField("status", status);
        }
        if (base64.length > 0) {
            json.writeStringField("patchType", "JSONPatch");
            json.writeFieldName("patch");
            json.writeRawUTF8String(base64, 0, base64.length); // which has nothing to escape
        }
        json.writeObjectFieldStart("auditAnnotations");
        for (Map.Entry<String, String> annotation : auditAnnotations.entrySet()) {
            json.writeStringField(annotation.getKey(), annotation.getValue());
        }
        json.writeEndObject();
        if (!warnings.isEmpty()) {
            json.writeArrayFieldStart("warnings");
            for (String warning : warnings) {
                json.writeString(warning);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
