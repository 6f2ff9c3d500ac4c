package dev.penstock.admission;

import dev.penstock.certificate.Pair;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that the server shows. Another can be put in its place while it runs: connections go on, and the next
 * handshake is with the new one.
 *
 * <p>Each handshake asks here. To give the server a new context instead, as {@code CertificateUpdatedEvent} does, closes the
 * connections that come before that is built (Vert.x 4.5: {@code HttpServer.updateSSLOptions}).
 */
final class ServedPair extends X509ExtendedKeyManager implements KeyStoreProvider {
    /** Of the TLS configuration, as {@code application.properties} names it. */
    static final String NAME = "webhook";

    private volatile @Nullable Shown shown;

    /**
     * One of the pairs, as a handshake calls it.
     *
     * @param before what a handshake may have been promised that is just under way
     */
    private record Shown(String alias, Pair pair, @Nullable Shown before) {}

    /** Shows this one from now on. For one thread at a time. */
    void show(Pair pair) {
        Shown now = shown;
        shown = now == null
                ? new Shown("0", pair, null)
                : new Shown(String.valueOf(Long.parseLong(now.alias) + 1), pair, new Shown(now.alias, now.pair, null));
    }

    /** What it shows now; empty where nothing has been shown yet. */
    Optional<Pair> pair() {
        return Optional.ofNullable(shown).map(Shown::pair);
    }

    /** Null where there is none, as Quarkus takes it. */
    @Override
    @SuppressWarnings("NullAway")
    public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        if (shown == null) {
            return null;
        }
        try {
            KeyStore empty = KeyStore.getInstance("PKCS12"); // only asked for what is in it, and not by us
            empty.load(null, null);
            return new KeyStoreAndKeyCertOptions(empty, KeyCertOptions.wrap(this));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e); // nothing is read
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        Shown now = shown;
        return now != null && now.pair.key().getAlgorithm().equals(keyType) ? now.alias : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return of(alias)
                .map(pair -> pair.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return of(alias).map(Pair::key).orElse(null);
    }

    private Optional<Pair> of(String alias) {
        Shown now = shown;
        return Stream.iterate(now, one -> one != null, one -> one.before)
                .filter(one -> one.alias.equals(alias))
                .map(Shown::pair)
                .findFirst();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null; // the server speaks by an engine
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
