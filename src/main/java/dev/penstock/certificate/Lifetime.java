package dev.penstock.certificate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** From when to when a certificate is valid; both are part of it. */
record Lifetime(Instant begin, Instant end) {
    // Clocks of nodes and API servers differ a little: a new certificate is valid to those that are behind.
    private static final Duration SKEW = Duration.ofMinutes(5);

    static Lifetime of(X509Certificate certificate) {
        return new Lifetime(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Of a certificate that is made now. */
    static Lifetime from(Instant now, Duration validity) {
        return new Lifetime(now.minus(SKEW), now.plus(validity));
    }

    boolean covers(Instant now) {
        return !now.isBefore(begin) && !now.isAfter(end);
    }

    /**
     * Whether it is time for the next one: the last third has begun. It goes by the certificate alone, so that replicas that
     * were started with different settings agree.
     */
    boolean isDue(Instant now) {
        Duration whole = Duration.between(begin.plus(SKEW), end);
        return !covers(now) || Duration.between(now, end).multipliedBy(3).compareTo(whole) < 0;
    }
}
