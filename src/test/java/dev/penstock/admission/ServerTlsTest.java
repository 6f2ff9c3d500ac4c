package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class ServerTlsTest {
    @Test
    void prefersTheSuitesInTheirOrder() throws SSLException {
        List<String> suites =
                List.of("TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256");
        assertThat(engine(ClientAuth.NONE, suites).getEnabledCipherSuites()).containsExactlyElementsOf(suites);
    }

    @Test
    void asksForTheClientsCertificateWhereItIsConfiguredSo() throws SSLException {
        List<String> suites = List.of("TLS_CHACHA20_POLY1305_SHA256");
        assertThat(engine(ClientAuth.REQUIRE, suites).getNeedClientAuth()).isTrue();
        assertThat(engine(ClientAuth.NONE, suites).getNeedClientAuth()).isFalse();
    }

    private static SSLEngine engine(ClientAuth clientAuth, List<String> suites) throws SSLException {
        HttpServerOptions options = new HttpServerOptions();
        suites.forEach(options::addEnabledCipherSuite);
        new ServerTls().customizeHttpsServer(options);
        SSLEngineOptions copy =
                Objects.requireNonNull(options.getSslEngineOptions()).copy();
        return copy.sslContextFactory().clientAuth(clientAuth).create().newEngine(UnpooledByteBufAllocator.DEFAULT);
    }
}
