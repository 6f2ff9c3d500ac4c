package dev.penstock.admission;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the context of TLS that the server has, from what Quarkus configures, without ALPN: it speaks HTTP/1.1 alone.
 *
 * <p>Vert.x before 4.5.28 loses the order of {@code quarkus.tls.webhook.cipher-suites} on the way to its own factory (its pull
 * request 6132), and the server is to prefer them in that. And Netty 4.1 makes a context for servers only after it has found out
 * whether a trust manager can be wrapped: by BouncyCastle, all of which is loaded for it, and by a key of its own that it encrypts with a
 * password and decrypts again, which is nearly half of the native start.
 */
@Singleton
final class ServerTls implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setSslEngineOptions(new Engine(new LinkedHashSet<>(options.getEnabledCipherSuites())));
    }

    private static final class Engine extends JdkSSLEngineOptions {
        private final Set<String> suites; // in order

        Engine(Set<String> suites) {
            this.suites = suites;
        }

        @Override
        public JdkSSLEngineOptions copy() {
            return new Engine(suites);
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return new Factory(suites);
        }
    }

    private static final class Factory implements SslContextFactory {
        // Nobody, where there is no client to be trusted; null would be whom every browser trusts.
        private static final TrustManager[] NOBODY = {};

        private final Set<String> suites;
        private ClientAuth clientAuth = ClientAuth.NONE;
        private @Nullable KeyManagerFactory keys;
        private @Nullable TrustManagerFactory trust;

        Factory(Set<String> suites) {
            this.suites = suites;
        }

        @Override
        public SslContextFactory clientAuth(ClientAuth whether) {
            clientAuth = whether;
            return this;
        }

        @Override
        public SslContextFactory keyMananagerFactory(KeyManagerFactory ours) {
            keys = ours;
            return this;
        }

        @Override
        public SslContextFactory trustManagerFactory(@Nullable TrustManagerFactory ofClients) {
            trust = ofClients;
            return this;
        }

        @Override
        public SslContext create() throws SSLException {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(
                        keys == null ? null : keys.getKeyManagers(),
                        trust == null ? NOBODY : trust.getTrustManagers(),
                        null);
                return new JdkSslContext(
                        context, false, suites, IdentityCipherSuiteFilter.INSTANCE, null, clientAuth, null, false);
            } catch (GeneralSecurityException e) {
                throw new SSLException(e);
            }
        }
    }
}
