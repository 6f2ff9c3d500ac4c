package dev.penstock.admission;

/** A request that is no admission review, or one that cannot be read, or not now. The message is for its sender. */
final class BrokenRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of HTTP: 400, 404, 413 or 503 */
    BrokenRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
