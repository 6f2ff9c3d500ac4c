package dev.penstock.admission;

import io.netty.handler.ssl.SslProvider;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Has the server prefer the suites of TLS in the order of {@code quarkus.tls.webhook.cipher-suites}. Vert.x before 4.5.28 loses the
 * order on the way to the factory (its pull request 6132).
 */
@Singleton
final class SuitesInOrder implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setSslEngineOptions(new Engine(new LinkedHashSet<>(options.getEnabledCipherSuites())));
    }

    private static final class Engine extends JdkSSLEngineOptions {
        private final Set<String> inOrder;

        Engine(Set<String> inOrder) {
            this.inOrder = inOrder;
        }

        @Override
        public JdkSSLEngineOptions copy() {
            return new Engine(inOrder);
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return new DefaultSslContextFactory(SslProvider.JDK, false) {
                @Override
                public SslContextFactory enabledCipherSuites(Set<String> inAnyOrder) {
                    return super.enabledCipherSuites(inOrder);
                }
            };
        }
    }
}
