package dev.penstock.admission;

import dev.penstock.policy.Action;
import dev.penstock.review.InForce;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The endpoints that the API server calls about pipelines. Reviews take microseconds and never wait, so that they run on
 * the event loop.
 */
@Path("/")
@NonBlocking
public final class Webhook {
    private static final Set<String> CRON_JOBS = Set.of("batch/v1 cronjobs");

    private final InForce inForce;
    private final Clock clock;
    private final Endpoint mutate;
    private final Endpoint validate;
    private final Endpoint requireLabel;
    private final ReviewMeters meters;

    /** @param inForce asked once a review, which so goes by one whole state of the policies */
    Webhook(InForce inForce, Clock clock, ReviewMeters meters) {
        this.inForce = inForce;
        this.clock = clock;
        this.meters = meters;
        this.mutate = new Endpoint("mutate", CRON_JOBS, "CronJob", meters);
        this.validate = new Endpoint("validate", CRON_JOBS, "CronJob", meters);
        this.requireLabel = new Endpoint("require-label", CRON_JOBS, "CronJob", meters);
    }

    /** Fills in defaults. */
    @POST
    @Path("mutate")
    public Uni<Response> mutate(@Context HttpServerRequest request) {
        return answer(mutate, request, Reviewer::mutate);
    }

    /** Checks what the API server is about to store. */
    @POST
    @Path("validate")
    public Uni<Response> validate(@Context HttpServerRequest request) {
        return answer(validate, request, Reviewer::validate);
    }

    /** Checks that a CronJob has the label. Asked only about namespaces that require it. */
    @POST
    @Path("require-label")
    public Uni<Response> requireLabel(@Context HttpServerRequest request) {
        return answer(requireLabel, request, Reviewer::requireLabel);
    }

    private Uni<Response> answer(
            Endpoint endpoint, HttpServerRequest request, BiFunction<Reviewer, Review, Verdict> review) {
        return endpoint.answer(
                request,
                asked -> Uni.createFrom()
                        .completionStage(() -> inForce.know(asked.namespace()))
                        .map(known -> endpoint.respond(asked, () -> answer(endpoint.webhook(), asked, review))));
    }

    private AdmissionResponse answer(
            String webhook, AdmissionRequest request, BiFunction<Reviewer, Review, Verdict> how) {
        Reviewer reviewer = inForce.get();
        Review review = review(request, clock);
        Verdict verdict = how.apply(reviewer, review);
        AdmissionResponse response = Answer.of(request, verdict, reviewer.policies(review));
        meters.reviewed(webhook, request, Answer.word(verdict), profile(reviewer, review));
        meters.found(verdict);
        if (verdict.isDenied()) {
            ReviewLog.denied(
                    webhook,
                    request,
                    verdict.findings(Action.DENY).stream()
                            .map(Finding::rule)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return response;
    }

    private static String profile(Reviewer reviewer, Review review) {
        return reviewer.profile(review).orElse(ReviewMeters.UNKNOWN);
    }

    static Review review(AdmissionRequest request, Clock clock) {
        return new Review(
                request.object(),
                request.old(),
                request.namespace(),
                new Review.Request(request.fieldManager()),
                clock.instant());
    }
}
