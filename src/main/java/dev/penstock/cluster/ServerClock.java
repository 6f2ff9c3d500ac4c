package dev.penstock.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The time as the API server has it, since it is the one that accepts a certificate or not. A machine's own clock may be years
 * off; where replicas went by theirs, each would replace what the other has made. From one answer to the next it counts by
 * itself, so that a clock which is set meanwhile changes nothing.
 *
 * <p>Thread-safe.
 */
final class ServerClock {
    private static final Logger LOG = Logger.getLogger(ServerClock.class);
    // The server's word is to the second, and takes its time to come: clocks that differ by less agree.
    private static final Duration TOLERATED = Duration.ofMinutes(1);
    private static final String PATH = "/version"; // which everybody may ask for

    private final KubernetesClient client;
    private final Clock own;
    private final long millis;
    private Duration ahead = Duration.ZERO; // as the log has it
    private volatile @Nullable Told told;

    /** @param nanos of what only measures time, at which it was so late */
    private record Told(Instant time, long nanos) {}

    /** @param millis for which it waits for an answer */
    ServerClock(KubernetesClient client, Clock own, long millis) {
        this.client = client;
        this.own = own;
        this.millis = millis;
    }

    /** By what the API server said last; by this machine's where it was never asked. */
    Instant now() {
        Told last = told;
        return last == null ? own.instant() : last.time.plusNanos(System.nanoTime() - last.nanos);
    }

    /**
     * Asks the API server. One that does not tell the time is taken to agree. For one thread at a time.
     *
     * @throws CompletionException if it does not answer
     */
    void ask() {
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceAll("/+$", "") + PATH)
                .build();
        HttpResponse<byte[]> response = client.getHttpClient()
                .sendAsync(request, byte[].class)
                .orTimeout(millis, TimeUnit.MILLISECONDS)
                .join();
        Instant here = own.instant();
        take(
                here,
                Optional.ofNullable(response.header("Date"))
                        .flatMap(ServerClock::instant)
                        .orElse(here));
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void take(Instant here, Instant there) {
        Duration difference = Duration.between(here, there);
        Duration counted = difference.abs().compareTo(TOLERATED) < 0 ? Duration.ZERO : difference;
        told = new Told(here.plus(counted), System.nanoTime());
        if (counted.minus(ahead).abs().compareTo(TOLERATED) < 0) {
            return;
        }
        ahead = counted;
        if (counted.isZero()) {
            LOG.infof("the clocks of this machine and of the API server agree again");
        } else {
            LOG.warnf(
                    "the clock of this machine is %d minutes %s that of the API server, which is gone by",
                    counted.abs().toMinutes(), counted.isNegative() ? "ahead of" : "behind");
        }
    }
}
