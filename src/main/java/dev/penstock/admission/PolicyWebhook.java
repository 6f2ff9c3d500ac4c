package dev.penstock.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.review.InForce;
import dev.penstock.rules.Rules;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The endpoint that the API server calls about policies and defaults, before it stores them. */
@Singleton
final class PolicyWebhook {
    private static final Set<String> POLICIES =
            Set.of(DocumentId.API_VERSION + " pipelinepolicies", DocumentId.API_VERSION + " pipelinedefaults");

    private final InForce inForce;
    private final Clock clock;
    private final ReviewMeters meters;
    private final Vertx vertx;
    private final Endpoint endpoint;

    PolicyWebhook(InForce inForce, Clock clock, ReviewMeters meters, Vertx vertx) {
        this.inForce = inForce;
        this.clock = clock;
        this.meters = meters;
        this.vertx = vertx;
        this.endpoint = new Endpoint("policies", POLICIES, "policy", meters);
    }

    void listen(@Observes Router router) {
        // A preview asks the API server, and waits; and no review is to wait until a large policy is read.
        endpoint.on(router, asked -> vertx.executeBlocking(() -> respond(asked), false));
    }

    private AdmissionResponse respond(AdmissionRequest request) {
        return endpoint.respond(request, () -> review(request, clock.instant()));
    }

    private AdmissionResponse review(AdmissionRequest request, Instant now) {
        try {
            PolicyDocument document = PolicyDocument.read(request.object(), Rules::problems);
            List<String> warnings = new ArrayList<>();
            document.idle(now).forEach(idle -> warnings.add(idle.toString()));
            if (request.dryRun()) {
                warnings.addAll(inForce.preview(document, now));
            }
            return allowed(request, warnings);
        } catch (InvalidPolicyException e) {
            if (isAsItWas(request)) {
                return allowed(
                        request,
                        e.problems().stream().map(PolicyProblem::toString).toList());
            }
            meters.reviewed(endpoint.webhook(), request, Answer.DENIED, ReviewMeters.NONE);
            ReviewLog.denied(endpoint.webhook(), request, List.of());
            return Answer.refused(request, e.problems());
        }
    }

    private AdmissionResponse allowed(AdmissionRequest request, List<String> warnings) {
        meters.reviewed(endpoint.webhook(), request, Answer.word(warnings), ReviewMeters.NONE);
        return Answer.allowed(request, warnings);
    }

    /**
     * Whether an update leaves alone all that is reviewed. Of the metadata that is the name, which no update changes: labels and
     * finalizers of what a newer version cannot use any more are to come and go.
     */
    private static boolean isAsItWas(AdmissionRequest request) {
        ObjectNode old = request.old();
        return old != null && reviewed(request.object()).equals(reviewed(old));
    }

    private static ObjectNode reviewed(ObjectNode document) {
        return document.deepCopy().remove(List.of("metadata", "status"));
    }
}
