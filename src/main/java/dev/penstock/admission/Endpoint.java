package dev.penstock.admission;

import dev.penstock.cluster.ClusterException;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.text.LogText;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private static final String NOT_HERE =
            "Penstock reviews nothing here: the webhook configuration is to name /mutate, /validate, /require-label or"
                    + " /policies.";

    /**
     * Where requests to it come in.
     *
     * @param respond what comes later comes on the event loop of the request
     */
    void on(Router router, Function<AdmissionRequest, Future<AdmissionResponse>> respond) {
        router.post("/" + webhook).handler(call -> answer(call.request(), body -> answer(body, respond)));
    }

    /** Where requests come in for which there is no endpoint: the webhook configuration names another path. */
    static void elsewhere(Router router, ReviewMeters meters) {
        router.post().last().handler(call -> {
            String path = LogText.of(String.valueOf(call.request().path()));
            new Endpoint(path, Set.of(), "", meters)
                    .answer(call.request(), body -> Future.failedFuture(new BrokenRequestException(404, NOT_HERE)));
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // all that it comes to is sent
    private void answer(HttpServerRequest request, Function<RequestBody, Future<Sent>> answer) {
        RequestBody.answer(request, answer).onComplete(answered -> send(request.response(), answered));
    }

    /** Once a review is there to its end: how long its sender takes is not ours to measure. */
    private Future<Sent> answer(RequestBody body, Function<AdmissionRequest, Future<AdmissionResponse>> respond) {
        return answer(AdmissionRequest.read(body.bytes()), respond)
                .onComplete(answer -> meters.took(webhook, System.nanoTime() - body.end()));
    }

    /** What is sent back: the review, or why there is none. */
    private Future<Sent> answer(AdmissionRequest asked, Function<AdmissionRequest, Future<AdmissionResponse>> respond) {
        return Future.succeededFuture(asked)
                .compose(respond)
                .map(response -> new Sent(200, "application/json", Buffer.buffer(response.write())))
                .otherwise(failure -> unanswered(asked, failure));
    }

    private Sent unanswered(AdmissionRequest asked, Throwable failure) {
        Failure kind = Failure.of(failure);
        meters.failed(kind);
        if (kind == Failure.INTERNAL) {
            ReviewLog.trace(asked, failure);
        }
        ReviewLog.failed(webhook, asked, kind, failure);
        // The author of what is not reviewed reads it: the API server tells them.
        return Sent.text(500, kind == Failure.CLUSTER ? notNow(ReviewLog.cause(failure)) : ourError(asked));
    }

    private void send(HttpServerResponse response, AsyncResult<Sent> answer) {
        if (answer.failed()) {
            refuse(response, answer.cause());
        } else {
            send(response, answer.result());
        }
    }

    private void refuse(HttpServerResponse response, Throwable failure) {
        Failure kind = Failure.of(failure);
        if (kind == Failure.INTERNAL) {
            ReviewLog.trace(webhook, failure);
        }
        failed(kind);
        if (failure instanceof BrokenRequestException broken) {
            if (broken.status() == 503) {
                response.putHeader(HttpHeaders.RETRY_AFTER, "1"); // the API server then tries again by itself
            }
            send(response, Sent.text(broken.status(), broken.getMessage()));
        } else {
            send(response, new Sent(500, Sent.TEXT, Buffer.buffer()));
        }
    }

    /** Nothing where whoever asked is gone. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to be told
    private static void send(HttpServerResponse response, Sent sent) {
        if (!response.closed()) {
            response.setStatusCode(sent.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, sent.type())
                    .end(sent.body());
        }
    }

    private record Sent(int status, String type, Buffer body) {
        static final String TEXT = "text/plain;charset=utf-8";

        static Sent text(int status, @Nullable String sentence) {
            return new Sent(status, TEXT, Buffer.buffer(sentence + "\n"));
        }
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
        } catch (ClusterException e) {
            count(request, Failure.CLUSTER);
            ReviewLog.failed(webhook, request, Failure.CLUSTER, e);
            return Answer.denied(request, 503, "ServiceUnavailable", notNow(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            ReviewLog.trace(request, e);
            failed(request, Failure.INTERNAL);
            return Answer.denied(request, 500, "InternalError", ourError(request));
        }
    }

    private String notNow(@Nullable String why) {
        return "Penstock cannot review this " + words + " now: " + why + ".";
    }

    private String ourError(AdmissionRequest request) {
        return "Penstock failed to review this " + words + ". It is an error of Penstock's own: its log names "
                + request.uid() + ".";
    }

    private void failed(AdmissionRequest request, Failure failure) {
        count(request, failure);
        ReviewLog.failed(webhook, request, failure);
    }

    private void count(AdmissionRequest request, Failure failure) {
        meters.failed(failure);
        meters.reviewed(webhook, request, Answer.ERROR, ReviewMeters.NONE);
    }
}
