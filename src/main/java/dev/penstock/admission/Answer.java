package dev.penstock.admission;

import dev.penstock.policy.Action;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.List;
import java.util.stream.Collectors;

/** What is said to the API server, and through it to the author. */
final class Answer {
    /** In one word, what it is where no review was made. */
    static final String ERROR = "error";

    static final String DENIED = "denied";

    static final String WARNED = "warned";

    static final String ALLOWED = "allowed";

    /** Of how many findings an author is told: nobody reads on, and a manifest may have as many as it has lines. */
    static final int MOST = 100;

    private Answer() {}

    /** What a verdict comes to, in one word: {@code denied}, {@code warned} where the author is told something, else {@code allowed}. */
    static String word(Verdict verdict) {
        if (verdict.isDenied()) {
            return DENIED;
        }
        return verdict.notices().isEmpty() && !verdict.has(Action.WARN) ? ALLOWED : WARNED;
    }

    /** The verdict: a patch, warnings, or a denial with one cause a finding. */
    static AdmissionResponse of(AdmissionRequest request, Verdict verdict) {
        Status status =
                verdict.isDenied() ? invalid(request, "batch", "CronJob", causes(verdict.findings(Action.DENY))) : null;
        return new AdmissionResponse(
                request.uid(), status, verdict.patch(), Warnings.of(verdict), AuditAnnotations.of(verdict));
    }

    /** A denial for another reason than a finding. */
    static AdmissionResponse denied(AdmissionRequest request, int code, String reason, String message) {
        Status status = new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withReason(reason)
                .withMessage(message)
                .build();
        return new AdmissionResponse(
                request.uid(), status, AdmissionResponse.NO_PATCH, List.of(), AuditAnnotations.verdict(ERROR));
    }

    /** What the approval of a policy comes to, in one word. */
    static String word(List<String> warnings) {
        return warnings.isEmpty() ? ALLOWED : WARNED;
    }

    /** Approval as it is. */
    static AdmissionResponse allowed(AdmissionRequest request, List<String> warnings) {
        return new AdmissionResponse(
                request.uid(),
                null,
                AdmissionResponse.NO_PATCH,
                Warnings.shortened(warnings),
                AuditAnnotations.verdict(word(warnings)));
    }

    /** The denial of a policy, with one cause a problem. */
    static AdmissionResponse refused(AdmissionRequest request, List<PolicyProblem> problems) {
        Status status = invalid(
                request,
                DocumentId.GROUP,
                request.object().path("kind").asText(),
                problems.stream()
                        .map(problem ->
                                new StatusCause(problem.path(), problem.message(), Finding.Kind.INVALID.reason()))
                        .toList());
        return new AdmissionResponse(
                request.uid(), status, AdmissionResponse.NO_PATCH, List.of(), AuditAnnotations.verdict(DENIED));
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

    private static List<StatusCause> causes(List<Finding> denied) {
        List<StatusCause> causes =
                denied.stream().limit(MOST).map(Answer::cause).toList();
        if (denied.size() > MOST) {
            StatusCause last = causes.get(MOST - 1);
            last.setMessage(last.getMessage() + "; " + more(denied.size() - MOST));
        }
        return causes;
    }

    /** What is said of those that are not told. */
    static String more(int findings) {
        return "and " + findings + " more";
    }

    private static StatusCause cause(Finding finding) {
        return new StatusCause(
                finding.path().toString(), finding.message(), finding.kind().reason());
    }

    static String sentence(String field, String message) {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
