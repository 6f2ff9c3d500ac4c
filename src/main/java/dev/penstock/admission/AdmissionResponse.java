package dev.penstock.admission;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
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
        Map<String, String> auditAnnotations)
        implements JsonSerializable {
    static final ArrayNode NO_PATCH = JsonNodeFactory.instance.arrayNode();

    private static final JsonMapper JSON = new JsonMapper();

    boolean isAllowed() {
        return status == null;
    }

    /** The review that is sent back, as JSON. */
    byte[] write() {
        return bytes(this);
    }

    private static byte[] bytes(JsonSerializable ofOurs) {
        try {
            return JSON.writeValueAsBytes(ofOurs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is our own must be JSON", e);
        }
    }

    /** The whole review, written field by field: Jackson would ask each by reflection. */
    @Override
    public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "AdmissionReview");
        json.writeStringField("apiVersion", "admission.k8s.io/v1");
        json.writeObjectFieldStart("response");
        json.writeStringField("uid", uid);
        json.writeBooleanField("allowed", isAllowed());
        if (status != null) {
            json.writePOJOField("status", status);
        }
        if (!patch.isEmpty()) {
            json.writeStringField("patchType", "JSONPatch");
            json.writeBinaryField("patch", bytes(patch));
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

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider serializers, TypeSerializer type)
            throws IOException {
        serialize(json, serializers);
    }
}
