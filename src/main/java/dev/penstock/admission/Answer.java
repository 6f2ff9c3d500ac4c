package dev.penstock.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is said to the API server, and through it to the author. */
@RegisterForReflection(
        targets = {AdmissionReview.class, AdmissionResponse.class, Status.class, StatusDetails.class, StatusCause.class
        })
final class Answer {
    private static final JsonMapper JSON = new JsonMapper();

    private Answer() {}

    /** The verdict: a patch, warnings, or a denial with one cause a finding. */
    static AdmissionResponse of(AdmissionRequest request, Verdict verdict) {
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
            response.withPatchType("JSONPatch")
                    .withPatch(Base64.getEncoder()
                            .encodeToString(verdict.patch().toString().getBytes(StandardCharsets.UTF_8)));
        }
        response.withAuditAnnotations(auditAnnotations(verdict));
        return response.build();
    }

    /** What the audit log holds of it; the API server puts the webhook's name in front of each key. */
    private static Map<String, String> auditAnnotations(Verdict verdict) {
        Map<String, String> annotations = new TreeMap<>();
        List<Finding> audited = verdict.findings(Action.AUDIT);
        if (!audited.isEmpty()) {
            annotations.put(
                    "findings",
                    audited.stream()
                            .map(finding -> sentence(finding.path().toString(), finding.message()) + " [policy "
                                    + finding.policy() + "]")
                            .collect(Collectors.joining("; ")));
        }
        if (!verdict.defaulted().isEmpty()) {
            annotations.put("defaulted", verdict.defaulted());
        }
        return annotations;
    }

    /** A denial for another reason than a finding. */
    static AdmissionResponse denied(AdmissionRequest request, int code, String reason, String message) {
        return new AdmissionResponseBuilder()
                .withUid(request.uid())
                .withAllowed(false)
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
                .withWarnings(warnings.stream().map(Warnings::shortened).toList())
                .build();
    }

    /** The denial of a policy, with one cause a problem. */
    static AdmissionResponse refused(AdmissionRequest request, List<PolicyProblem> problems) {
        return new AdmissionResponseBuilder()
                .withUid(request.uid())
                .withAllowed(false)
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

    private static String sentence(String field, String message) {
        return field.isEmpty() ? message : field + ": " + message;
    }

    static byte[] write(AdmissionResponse response) {
        AdmissionReview review = new AdmissionReview();
        review.setResponse(response);
        try {
            return JSON.writeValueAsBytes(review);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a response of our own must be JSON", e);
        }
    }
}
