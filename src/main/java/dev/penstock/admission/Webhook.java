package dev.penstock.admission;

import dev.penstock.manifest.WrongTypeException;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The two endpoints that the API server calls. Reviews take microseconds and never wait, so that they run on the event
 * loop.
 *
 * <p>Nothing that goes wrong here is an approval: a request that cannot be read is an HTTP error, which the API server
 * treats by its failure policy, and an error of our own is a denial.
 */
@Path("/")
@NonBlocking
public final class Webhook {
    private static final Logger LOG = Logger.getLogger(Webhook.class);

    private static final String CRON_JOBS = "batch/v1 cronjobs";

    private final Supplier<Reviewer> inForce;
    private final Clock clock;

    /** @param inForce asked once a review, which so goes by one whole policy */
    Webhook(Supplier<Reviewer> inForce, Clock clock) {
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

    private Uni<Response> answer(HttpServerRequest request, Function<Review, Verdict> review) {
        return RequestBody.read(request)
                .map(body -> Response.ok(
                                Answer.write(respond(AdmissionRequest.read(body), review)),
                                MediaType.APPLICATION_JSON_TYPE)
                        .build())
                .onFailure(BrokenRequestException.class)
                .recoverWithItem(Webhook::refused);
    }

    private AdmissionResponse respond(AdmissionRequest request, Function<Review, Verdict> review) {
        if (!request.resource().equals(CRON_JOBS) || !AdmissionRequest.WRITES.contains(request.operation())) {
            return Answer.denied(
                    request,
                    400,
                    "BadRequest",
                    "The webhook configuration is wrong: it sends " + request.operation() + " of " + request.resource()
                            + " to Penstock, which reviews CREATE and UPDATE of " + CRON_JOBS + ".");
        }
        try {
            return Answer.of(
                    request,
                    review.apply(new Review(
                            request.object(),
                            request.old(),
                            request.namespace(),
                            new Review.Request(request.fieldManager()),
                            clock.instant())));
        } catch (WrongTypeException e) {
            return Answer.denied(request, 400, "BadRequest", e.sentence());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "review %s failed", request.uid());
            return Answer.denied(
                    request,
                    500,
                    "InternalError",
                    "Penstock failed to review this CronJob. It is an error of Penstock's own: its log names "
                            + request.uid() + ".");
        }
    }

    private static Response refused(Throwable failure) {
        BrokenRequestException broken = (BrokenRequestException) failure;
        return Response.status(broken.status())
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .entity(broken.getMessage() + "\n")
                .build();
    }
}
