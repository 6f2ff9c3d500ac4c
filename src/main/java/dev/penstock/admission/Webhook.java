package dev.penstock.admission;

import dev.penstock.policy.Action;
import dev.penstock.review.InForce;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The endpoints that the API server calls about pipelines. Reviews mostly take microseconds and never wait, so that they run
 * on the event loop.
 */
@Singleton
final class Webhook {
    private static final Set<String> CRON_JOBS = Set.of("batch/v1 cronjobs");

    private final InForce inForce;
    private final Clock clock;
    private final Endpoint mutate;
    private final Endpoint validate;
    private final Endpoint requireLabel;
    private final ReviewMeters meters;
    private final Vertx vertx;

    /** @param inForce asked once a review, which so goes by one whole state of the policies */
    Webhook(InForce inForce, Clock clock, ReviewMeters meters, Vertx vertx) {
        this.inForce = inForce;
        this.clock = clock;
        this.meters = meters;
        this.vertx = vertx;
        this.mutate = new Endpoint("mutate", CRON_JOBS, "CronJob", meters);
        this.validate = new Endpoint("validate", CRON_JOBS, "CronJob", meters);
        this.requireLabel = new Endpoint("require-label", CRON_JOBS, "CronJob", meters);
    }

    void listen(@Observes Router router) {
        review(mutate, Reviewer::mutate, router);
        review(validate, Reviewer::validate, router);
        review(requireLabel, Reviewer::requireLabel, router);
        Endpoint.elsewhere(router, meters);
    }

    private void review(Endpoint endpoint, BiFunction<Reviewer, Review, Verdict> how, Router router) {
        endpoint.on(
                router,
                asked -> Future.fromCompletionStage(inForce.know(asked.namespace()), vertx.getOrCreateContext())
                        .map(known -> endpoint.respond(asked, () -> answer(endpoint.webhook(), asked, how))));
    }

    private AdmissionResponse answer(
            String webhook, AdmissionRequest request, BiFunction<Reviewer, Review, Verdict> how) {
        Verdict verdict = how.apply(inForce.get(), review(request, clock));
        AdmissionResponse response = Answer.of(request, verdict);
        meters.reviewed(
                webhook, request, Answer.word(verdict), verdict.profile().orElse(ReviewMeters.NONE));
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

    static Review review(AdmissionRequest request, Clock clock) {
        return new Review(
                request.object(),
                request.old(),
                request.namespace(),
                new Review.Request(request.fieldManager()),
                clock.instant());
    }
}
