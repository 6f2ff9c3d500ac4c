package dev.penstock.admission;

import dev.penstock.cluster.ClusterException;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/** Why a request came to no review. */
enum Failure {
    /** No admission review, or one that cannot be read: HTTP 400. */
    UNREADABLE,
    /** Longer than any review: HTTP 413. */
    TOO_LONG,
    /** No room for it beside the others: HTTP 503. */
    CROWDED,
    /** The sender went away before it had sent all. */
    CUT_OFF,
    /** The API server would not tell the labels of a namespace: HTTP 500; or the pipelines, or not yet the policies: denied. */
    CLUSTER,
    /** Of what is not reviewed there: the webhook configuration is wrong. Denied; HTTP 404 at a path where nothing is. */
    MISDIRECTED,
    /** A field of another JSON type than Kubernetes has there. Denied. */
    WRONG_TYPE,
    /** An error of our own. Denied. */
    INTERNAL;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As metrics and log have it, such as {@code wrong-type}. */
    @Override
    public String toString() {
        return word;
    }

    /** Of what keeps a request from being read or answered. */
    static Failure of(Throwable failure) {
        if (failure instanceof BrokenRequestException broken) {
            return switch (broken.status()) {
                case 404 -> MISDIRECTED;
                case 413 -> TOO_LONG;
                case 503 -> CROWDED;
                default -> UNREADABLE;
            };
        }
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof ClusterException) {
            return CLUSTER;
        }
        return failure instanceof IOException || failure instanceof VertxException ? CUT_OFF : INTERNAL;
    }
}
