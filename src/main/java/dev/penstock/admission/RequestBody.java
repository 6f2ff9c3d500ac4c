package dev.penstock.admission;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Reads a body up to the size that an admission review can have. What is not kept, because it is too long or because others
 * take all the room, is read to its end, so that its sender gets to read the answer.
 */
final class RequestBody {
    // The API server takes objects up to 3 MiB; a review of an update holds two, and little more: apiserver,
    // MaxRequestBodyBytes.
    private static final int MAX = 7 << 20;
    // Of all bodies that are there at once: some ten thousand usual reviews, or the longest four.
    private static final long ROOM = 4L * MAX;
    // The API server waits 10 s for the slowest endpoint, and then no longer.
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(15);

    // A tree takes up to thirty times its body. Of those that are longer than this one at a time is answered: there are
    // as many event loops as would take all memory otherwise.
    private static final int LONG = 128 << 10;

    private static final String NO_ROOM = "Too many reviews at once: try again.";

    private static final byte[] NOTHING = {};

    private static final AtomicLong TAKEN = new AtomicLong();

    private final HttpServerRequest request;
    private Buffer received = Buffer.buffer();
    private long size;
    private long taken;
    private boolean crowded;
    private byte[] whole = NOTHING;
    private long end;

    private RequestBody(HttpServerRequest request) {
        this.request = request;
    }

    /**
     * What the body is answered with; fails with {@link BrokenRequestException} where it is none (400), too long (413) or there is
     * no room for it now (503). Room is taken until there is an answer. Whoever does not send it in time is hung up on.
     */
    static <T> Future<T> answer(HttpServerRequest request, Function<RequestBody, Future<T>> answer) {
        Vertx vertx = requireNonNull(Vertx.currentContext(), "called on the event loop")
                .owner();
        RequestBody body = new RequestBody(request);
        return body.read(vertx)
                .compose(there -> body.whole.length > LONG ? inTurn(vertx, body, answer) : answer.apply(body))
                .onComplete(answered -> body.leave());
    }

    /** All of it. */
    byte[] bytes() {
        return whole;
    }

    /** When its last byte was there, as {@link System#nanoTime} has it. */
    long end() {
        return end;
    }

    private static <T> Future<T> inTurn(Vertx vertx, RequestBody body, Function<RequestBody, Future<T>> answer) {
        return vertx.sharedData()
                .getLocalLock(RequestBody.class.getName())
                .recover(late -> Future.failedFuture(new BrokenRequestException(503, NO_ROOM)))
                .compose(turn -> Future.succeededFuture(body).compose(answer).onComplete(answered -> turn.release()));
    }

    private Future<Void> read(Vertx vertx) {
        Promise<Void> read = Promise.promise();
        long hangUp =
                vertx.setTimer(PATIENCE_MILLIS, late -> request.connection().close());
        request.handler(this::keep)
                .exceptionHandler(failure -> {
                    vertx.cancelTimer(hangUp);
                    read.tryFail(unread(failure)); // nobody waits for it once the body is there
                })
                .endHandler(last -> {
                    vertx.cancelTimer(hangUp);
                    if (size > MAX) {
                        read.fail(new BrokenRequestException(
                                413, "The request is longer than 7 MiB: no admission review is."));
                    } else if (crowded) {
                        read.fail(new BrokenRequestException(503, NO_ROOM));
                    } else {
                        whole = received.getBytes();
                        received = Buffer.buffer(); // once is enough
                        end = System.nanoTime();
                        read.complete();
                    }
                })
                .resume();
        return read.future();
    }

    /** Where the sender has not gone away, it is what they send: a chunk of no size, or no TLS any more. */
    private static Throwable unread(Throwable failure) {
        return failure instanceof IOException || failure instanceof VertxException
                ? failure
                : new BrokenRequestException(400, "This is no body of HTTP that Penstock can read.");
    }

    private void keep(Buffer chunk) {
        size += chunk.length();
        if (size > MAX || crowded) {
            leave();
            return;
        }
        taken += chunk.length();
        if (TAKEN.addAndGet(chunk.length()) > ROOM) {
            crowded = true;
            leave();
        } else {
            received.appendBuffer(chunk);
        }
    }

    /** Gives the room back, and what is in it. */
    private void leave() {
        TAKEN.addAndGet(-taken);
        taken = 0;
        received = Buffer.buffer();
        whole = NOTHING;
    }
}
