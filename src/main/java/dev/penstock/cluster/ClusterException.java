package dev.penstock.cluster;

/** A cluster that cannot be read: its message says what of it, and why. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
