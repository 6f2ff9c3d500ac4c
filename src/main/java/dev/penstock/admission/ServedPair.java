package dev.penstock.admission;

import dev.penstock.certificate.Pair;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that the server shows. Another can be put in its place while it runs: connections go on, and new ones get
 * the new certificate.
 */
final class ServedPair implements KeyStoreProvider {
    /** Of the TLS configuration, as {@code application.properties} names it. */
    static final String NAME = "webhook";

    private final Instance<TlsConfigurationRegistry> registry;
    private final Event<CertificateUpdatedEvent> updated;
    private volatile @Nullable Pair pair;

    ServedPair(Instance<TlsConfigurationRegistry> registry, Event<CertificateUpdatedEvent> updated) {
        this.registry = registry;
        this.updated = updated;
    }

    /** Shows this one from the start. */
    void begin(Pair first) {
        pair = first;
    }

    /** Puts another in its place, and returns when the server shows it. */
    void show(Pair next) {
        pair = next;
        TlsConfiguration configuration = registry.get().get(NAME).orElseThrow();
        if (!configuration.reload()) {
            throw new IllegalStateException("the server does not take the certificate");
        }
        updated.fire(new CertificateUpdatedEvent(NAME, configuration));
    }

    /** Null where nothing is configured. */
    @Override
    @SuppressWarnings("NullAway") // as Quarkus takes it
    public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        Pair served = pair;
        if (served == null) {
            return null;
        }
        try {
            PemKeyCertOptions options = new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(served.certificatePem()))
                    .addKeyValue(Buffer.buffer(served.keyPem()));
            return new KeyStoreAndKeyCertOptions(options.loadKeyStore(vertx), options);
        } catch (Exception e) { // what loadKeyStore declares
            throw new IllegalStateException("the certificate cannot be served", e);
        }
    }
}
