package dev.penstock.admission;

import dev.penstock.review.InForce;
import dev.penstock.review.Review;
import dev.penstock.review.Verdict;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;

/**
 * The endpoints that the API server calls about pipelines. Reviews take microseconds and never wait, so that they run on
 * the event loop.
 */
@Path("/")
@NonBlocking
public final class Webhook {
    private static final Endpoint CRON_JOBS = new Endpoint(Set.of("batch/v1 cronjobs"), "CronJob");

    private final InForce inForce;
    private final Clock clock;

    /** @param inForce asked once a review, which so goes by one whole state of the policies */
    Webhook(InForce inForce, Clock clock) {
        this.inForce = inForce;
        this.clock = clock;
    }

    /** Fills in defaults. */
    @POST
    @Path("mutate")
    public Uni<Response> mutate(@Context HttpServerRequest request) {
        return answer(request, review -> inForce.get().mutate(review));
    }

    /** Checks what the API server is about to store. */
    @POST
    @Path("validate")
    public Uni<Response> validate(@Context HttpServerRequest request) {
        return answer(request, review -> inForce.get().validate(review));
    }

    /** Checks that a CronJob has the label. Asked only about namespaces that require it. */
    @POST
    @Path("require-label")
    public Uni<Response> requireLabel(@Context HttpServerRequest request) {
        return answer(request, review -> inForce.get().requireLabel(review));
    }

    private Uni<Response> answer(HttpServerRequest request, Function<Review, Verdict> review) {
        return Endpoint.answer(
                request,
                asked -> Uni.createFrom()
                        .completionStage(() -> inForce.know(asked.namespace()))
                        .map(known ->
                                CRON_JOBS.respond(asked, () -> Answer.of(asked, review.apply(review(asked, clock))))));
    }

    private static Review review(AdmissionRequest request, Clock clock) {
        return new Review(
                request.object(),
                request.old(),
                request.namespace(),
                new Review.Request(request.fieldManager()),
                clock.instant());
    }
}
