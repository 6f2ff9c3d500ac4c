package dev.penstock.cluster;

import dev.penstock.certificate.Bundle;
import dev.penstock.certificate.Holding;
import dev.penstock.certificate.Pair;
import dev.penstock.certificate.Renewal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of a server's own: kept in a Secret that all replicas share, renewed by whichever comes first, trusted by the
 * API server through the webhook configurations. Replicas look every two seconds, and put right what is not so.
 *
 * <p>What the API server does not trust yet is not shown, and what may still be shown stays trusted; so that no handshake
 * fails. While the API server is away, everything stays as it was.
 *
 * <p>Thread-safe.
 */
public final class ClusterCertificates implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ClusterCertificates.class);
    // A leaf is seen at the next look, and one of a new authority is shown at the second after: within five seconds.
    private static final Duration LOOK = Duration.ofSeconds(2);
    // The shortest that is left of a leaf when it is due is a third: many looks.
    private static final int LOOKS_IN_A_LEAF = 24;
    private static final int ATTEMPTS = 3;
    private static final int REQUEST_MILLIS = 5_000;

    private final KubernetesClient client;
    private final CertificateSecret secret;
    private final Renewal renewal;
    private final ServerClock clock;
    private final Consumer<Pair> show;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "certificates");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Holding held;
    private @Nullable X509Certificate trustedBefore;
    private String told = "";
    private volatile List<WebhookConfiguration> configurations = List.of();
    private volatile @Nullable Pair shown;

    /**
     * Does nothing yet.
     *
     * @param client stays the caller's to close
     * @param clock of this machine; where the API server's shows another time, that is gone by
     * @param show makes the server show another certificate, and returns when it does
     */
    public ClusterCertificates(
            KubernetesClient client, String namespace, String name, Renewal renewal, Clock clock, Consumer<Pair> show) {
        // Looks are repeated anyway: one that waits long would only keep the next from coming.
        this.client = client.newClient(new RequestConfigBuilder()
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(REQUEST_MILLIS)
                        .build())
                .adapt(KubernetesClient.class);
        this.secret = new CertificateSecret(this.client, namespace, name);
        this.renewal = renewal;
        this.clock = new ServerClock(this.client, clock, REQUEST_MILLIS);
        this.show = show;
    }

    /** Begins to look, and returns at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // no look fails
    public void start() {
        long millis = Math.min(
                LOOK.toMillis(),
                renewal.leafValidity().dividedBy(LOOKS_IN_A_LEAF).toMillis());
        worker.scheduleWithFixedDelay(this::look, 0, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            putRight();
            if (!told.isEmpty()) {
                told = "";
                LOG.infof("certificates are looked after again");
            }
        } catch (Throwable e) { // a schedule that has failed once would never look again
            String message = ClusterException.why(e);
            if (!message.equals(told) && !worker.isShutdown()) {
                told = message;
                LOG.errorf(
                        "certificates cannot be looked after, and it will be tried again; what was shown last stays: %s",
                        message);
            }
        }
    }

    private void putRight() throws GeneralSecurityException {
        // Before the Secret: whoever renews writes to the Secret first, so that a change of these after the Secret was
        // read is a conflict, and none of them is ever set back to what the Secret said before.
        List<WebhookConfiguration> found = WebhookConfiguration.all(client);
        configurations = found;
        clock.ask();
        Instant now = clock.now();
        Optional<Holding> next = hold(found, now);
        if (next.isEmpty()) {
            return; // others are at it
        }
        Holding holding = next.get();
        held = holding;
        Pair leaf = holding.leaf();
        boolean trusted = found.stream().allMatch(configuration -> configuration.trusts(leaf, now));
        try {
            trust(found, holding.trusted());
        } finally {
            // Seen twice: by then every API server has heard of it.
            X509Certificate signer = holding.authority().certificate();
            if ((trusted && signer.equals(trustedBefore)) || !isTrusted(now)) {
                show(leaf);
            }
            trustedBefore = trusted ? signer : null;
        }
    }

    private Optional<Holding> hold(List<WebhookConfiguration> found, Instant now) throws GeneralSecurityException {
        Bundle inForce = found.stream().map(WebhookConfiguration::bundle).reduce(Bundle.NONE, Bundle::and);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            CertificateSecret.Found kept = secret.find();
            Holding next = renewal.next(kept.data(), Optional.ofNullable(held), inForce, now);
            if (next.isIn(kept.data())) {
                return Optional.of(next);
            }
            if (secret.write(kept, next)) {
                LOG.infof("%s is written: %s", secret, next);
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /** One configuration that cannot be changed must not keep the others from it. */
    private void trust(List<WebhookConfiguration> found, Bundle authorities) throws GeneralSecurityException {
        List<WebhookConfiguration> now = new ArrayList<>(found);
        KubernetesClientException failure = null;
        for (int i = 0; i < now.size(); i++) {
            try {
                now.set(i, now.get(i).trusting(authorities, client));
                configurations = List.copyOf(now);
            } catch (KubernetesClientException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void show(Pair leaf) {
        if (!leaf.equals(shown)) {
            show.accept(leaf);
            shown = leaf;
        }
    }

    /** Whether the API server would accept what is shown, wherever it sends reviews. Where nothing sends any, whether it is valid. */
    public boolean isTrusted() {
        return isTrusted(clock.now());
    }

    private boolean isTrusted(Instant now) {
        Pair pair = shown;
        return pair != null
                && pair.isValid(now)
                && configurations.stream().allMatch(configuration -> configuration.trusts(pair, now));
    }

    /** Who signs what is shown, or will sign the next; empty before the Secret was read. */
    public Optional<X509Certificate> authority() {
        return Optional.ofNullable(held).map(holding -> holding.authority().certificate());
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
