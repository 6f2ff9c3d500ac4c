package dev.penstock.admission;

import dev.penstock.manifest.WrongTypeException;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What every endpoint that the API server calls has in common.
 *
 * <p>Nothing that goes wrong here is an approval: a request that cannot be read is an HTTP error, which the API server
 * treats by its failure policy, and an error of our own is a denial.
 *
 * @param webhook as metrics and log call it, which is its path
 * @param resources that are reviewed here, as {@code batch/v1 cronjobs}; another is sent by a wrong configuration
 * @param words for such an object
 */
record Endpoint(String webhook, Set<String> resources, String words, ReviewMeters meters) {
    /** Reads the request and answers it. */
    Uni<Response> answer(
            HttpServerRequest request, Function<AdmissionRequest, Uni<? extends AdmissionResponse>> respond) {
        long begin = System.nanoTime();
        return RequestBody.answer(request, body -> respond.apply(AdmissionRequest.read(body)))
                .map(response -> Response.ok(Answer.write(response), MediaType.APPLICATION_JSON_TYPE)
                        .build())
                .onFailure(BrokenRequestException.class)
                .recoverWithItem(this::refused)
                .onFailure()
                .invoke(failure -> failed(Failure.of(failure)))
                .onTermination()
                .invoke(() -> meters.took(webhook, System.nanoTime() - begin));
    }

    private Response refused(Throwable failure) {
        BrokenRequestException broken = (BrokenRequestException) failure;
        failed(Failure.of(broken));
        Response.ResponseBuilder response = Response.status(broken.status());
        if (broken.status() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, 1); // the API server then tries again by itself
        }
        return response.type(MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .entity(broken.getMessage() + "\n")
                .build();
    }

    private void failed(Failure failure) {
        meters.failed(failure);
        ReviewLog.failed(webhook, failure);
    }

    /** The response to a request that belongs here; a denial where it does not, or where it fails. */
    AdmissionResponse respond(AdmissionRequest request, Supplier<AdmissionResponse> review) {
        if (!resources.contains(request.resource()) || !AdmissionRequest.WRITES.contains(request.operation())) {
            failed(request, Failure.MISDIRECTED);
            return Answer.denied(
                    request,
                    400,
                    "BadRequest",
                    "The webhook configuration is wrong: it sends " + request.operation() + " of " + request.resource()
                            + " to Penstock, which reviews CREATE and UPDATE of "
                            + String.join(", ", resources) + " here.");
        }
        try {
            return review.get();
        } catch (WrongTypeException e) {
            failed(request, Failure.WRONG_TYPE);
            return Answer.denied(request, 400, "BadRequest", e.sentence());
        } catch (RuntimeException | StackOverflowError e) {
            ReviewLog.trace(request, e);
            failed(request, Failure.INTERNAL);
            return Answer.denied(
                    request,
                    500,
                    "InternalError",
                    "Penstock failed to review this " + words + ". It is an error of Penstock's own: its log names "
                            + request.uid() + ".");
        }
    }

    private void failed(AdmissionRequest request, Failure failure) {
        meters.failed(failure);
        meters.reviewed(webhook, request, Answer.ERROR, ReviewMeters.NONE);
        ReviewLog.failed(webhook, request, failure);
    }
}
