package dev.penstock.admission;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import dev.penstock.policy.Action;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is said to the API server, and through it to the author. */
@RegisterForReflection(targets = {Status.class, StatusDetails.class, StatusCause.class})
final class Answer {
    private static final JsonMapper JSON = new JsonMapper();

    /** In one word, what it is where no review was made. */
    static final String ERROR = "error";

    static final String DENIED = "denied";

    static final String WARNED = "warned";

    static final String ALLOWED = "allowed";

    private Answer() {}

    /** What a verdict comes to, in one word: {@code denied}, {@code warned} where the author is told something, else {@code allowed}. */
    static String word(Verdict verdict) {
        if (verdict.isDenied()) {
            return DENIED;
        }
        return verdict.notices().isEmpty()
                        && verdict.findings().stream().noneMatch(finding -> finding.action() == Action.WARN)
                ? ALLOWED
                : WARNED;
    }

    /**
     * The verdict: a patch, warnings, or a denial with one cause a finding.
     *
     * @param policies that it comes from
     */
    static AdmissionResponse of(AdmissionRequest request, Verdict verdict, List<String> policies) {
        AdmissionResponseBuilder response = new AdmissionResponseBuilder()
                .withUid(request.uid())
                .withAllowed(!verdict.isDenied())
                .withWarnings(Warnings.of(verdict));
        if (verdict.isDenied()) {
            response.withStatus(invalid(
                    request,
                    "batch",
                    "CronJob",
                    verdict.findings(Action.DENY).stream().map(Answer::cause).toList()));
        } else if (!verdict.patch().isEmpty()) {
            response.withPatchType("JSONPatch").withPatch(Base64.getEncoder().encodeToString(bytes(verdict.patch())));
        }
        response.withAuditAnnotations(AuditAnnotations.of(verdict, policies));
        return response.build();
    }

    /** A denial for another reason than a finding. */
    static AdmissionResponse denied(AdmissionRequest request, int code, String reason, String message) {
        return new AdmissionResponseBuilder()
                .withUid(request.uid())
                .withAllowed(false)
                .withAuditAnnotations(AuditAnnotations.verdict(ERROR))
                .withStatus(new StatusBuilder()
                        .withStatus("Failure")
                        .withCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .build())
                .build();
    }

    /** Approval as it is. */
    static AdmissionResponse allowed(AdmissionRequest request, List<String> warnings) {
        return new AdmissionResponseBuilder()
                .withUid(request.uid())
                .withAllowed(true)
                .withAuditAnnotations(AuditAnnotations.verdict(ALLOWED))
                .withWarnings(warnings.stream().map(Warnings::shortened).toList())
                .build();
    }

    /** The denial of a policy, with one cause a problem. */
    static AdmissionResponse refused(AdmissionRequest request, List<PolicyProblem> problems) {
        return new AdmissionResponseBuilder()
                .withUid(request.uid())
                .withAllowed(false)
                .withAuditAnnotations(AuditAnnotations.verdict(DENIED))
                .withStatus(invalid(
                        request,
                        "penstock.dev",
                        request.object().path("kind").asText(),
                        problems.stream()
                                .map(problem -> new StatusCause(
                                        problem.path(), problem.message(), Finding.Kind.INVALID.reason()))
                                .toList()))
                .build();
    }

    /** As kubectl understands it: it shows the causes of an {@code Invalid}, under the object's kind and name. */
    private static Status invalid(AdmissionRequest request, String group, String kind, List<StatusCause> causes) {
        String name = request.name();
        String sentences = causes.stream()
                .map(cause -> sentence(cause.getField(), cause.getMessage()))
                .collect(Collectors.joining(", "));
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(422)
                .withReason("Invalid")
                .withMessage(kind + "." + group + " \"" + name + "\" is invalid: "
                        + (causes.size() == 1 ? sentences : "[" + sentences + "]"))
                .withNewDetails()
                .withGroup(group)
                .withKind(kind)
                .withName(name)
                .withCauses(causes)
                .endDetails()
                .build();
    }

    private static StatusCause cause(Finding finding) {
        return new StatusCause(
                finding.path().toString(), finding.message(), finding.kind().reason());
    }

    static String sentence(String field, String message) {
        return field.isEmpty() ? message : field + ": " + message;
    }

    /** The review that is sent back. */
    static byte[] write(AdmissionResponse response) {
        return bytes(new ReviewJson(response));
    }

    private static byte[] bytes(Object ofOurs) {
        try {
            return JSON.writeValueAsBytes(ofOurs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is our own must be JSON", e);
        }
    }

    /** An AdmissionReview, written field by field: Jackson would ask each by reflection. */
    private static final class ReviewJson extends JsonSerializable.Base {
        private final AdmissionResponse response;

        ReviewJson(AdmissionResponse response) {
            this.response = response;
        }

        @Override
        public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
            json.writeStartObject();
            json.writeStringField("kind", "AdmissionReview");
            json.writeStringField("apiVersion", "admission.k8s.io/v1");
            json.writeObjectFieldStart("response");
            json.writeStringField("uid", response.getUid());
            json.writeBooleanField("allowed", response.getAllowed());
            if (response.getStatus() != null) {
                json.writePOJOField("status", response.getStatus());
            }
            if (response.getPatch() != null) {
                json.writeStringField("patchType", response.getPatchType());
                json.writeStringField("patch", response.getPatch());
            }
            json.writeObjectFieldStart("auditAnnotations");
            for (Map.Entry<String, String> annotation :
                    response.getAuditAnnotations().entrySet()) {
                json.writeStringField(annotation.getKey(), annotation.getValue());
            }
            json.writeEndObject();
            if (!response.getWarnings().isEmpty()) {
                json.writeArrayFieldStart("warnings");
                for (String warning : response.getWarnings()) {
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
}
