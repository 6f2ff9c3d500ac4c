package dev.penstock.admission;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a body up to the size that an admission review can have. A longer one is read to its end without being kept, so
 * that its sender gets to read the answer.
 */
final class RequestBody {
    // The API server takes objects up to 3 MiB; a review of an update holds two, and little more: apiserver,
    // MaxRequestBodyBytes.
    private static final int MAX = 7 << 20;

    private final Buffer received = Buffer.buffer();
    private long size;

    private RequestBody() {}

    /** The body; fails with {@link BrokenRequestException} (413) where it is too long. */
    static Uni<byte[]> read(HttpServerRequest request) {
        return Uni.createFrom().emitter(emitter -> new RequestBody().read(request, emitter));
    }

    private void read(HttpServerRequest request, UniEmitter<? super byte[]> emitter) {
        request.handler(this::keep)
                .exceptionHandler(emitter::fail)
                .endHandler(end -> {
                    if (size > MAX) {
                        emitter.fail(new BrokenRequestException(
                                413, "The request is longer than 7 MiB: no admission review is."));
                    } else {
                        emitter.complete(received.getBytes());
                    }
                })
                .resume();
    }

    private void keep(Buffer chunk) {
        size += chunk.length();
        if (size <= MAX) {
            received.appendBuffer(chunk);
        }
    }
}
