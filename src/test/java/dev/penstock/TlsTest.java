package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.controlplane.TlsClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which protocols and suites of TLS are spoken, and which are not. */
@QuarkusTest
@WithTestResource(ServedOverTls.class)
class TlsTest {
    private static final int ALERT = 21;
    private static final int FATAL = 2;
    private static final int PROTOCOL_VERSION = 70;

    @TestHTTPResource(value = "/", tls = true)
    URL url;

    private static byte[] bundle() throws IOException {
        return Files.readAllBytes(Path.of("target", "webhook-test-tls", "tls.crt"));
    }

    private URI server() {
        return URI.create("https://127.0.0.1:" + url.getPort());
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
    })
    void speaks(String protocol, String suite) throws IOException {
        try (SSLSocket socket = TlsClient.connect(server(), bundle(), protocol, suite)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
        }
    }

    /** Where the client, as the API server's is, would rather have AES. */
    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
    })
    void choosesWhatIsQuickInJava(String protocol, String preferred, String chosen) throws IOException {
        try (SSLSocket socket = TlsClient.connect(server(), bundle(), protocol, preferred, chosen)) {
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(chosen);
        }
    }

    /** Each of them is one that this client and the key would do. */
    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"
    })
    void refuses(String protocol, String suite) {
        assertThatThrownBy(() -> TlsClient.connect(server(), bundle(), protocol, suite))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("handshake_failure");
    }

    /** By hand: no client of today would ask. */
    @Test
    void refusesTls11() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.getOutputStream().write(hello(0x0302));
            byte[] answer = socket.getInputStream().readNBytes(7);
            assertThat(answer).startsWith(ALERT, 3).endsWith(FATAL, PROTOCOL_VERSION);
        }
    }

    /** A ClientHello of RFC 5246 without extensions, so that its version is the newest that the client speaks. */
    private static byte[] hello(int version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(22); // a handshake,
        out.writeShort(0x0301);
        out.writeShort(45);
        out.writeByte(1); // which begins
        out.writeByte(0);
        out.writeShort(41);
        out.writeShort(version);
        out.write(new byte[32]); // random
        out.writeByte(0); // no session
        out.writeShort(2);
        out.writeShort(0xC009); // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
        out.writeByte(1);
        out.writeByte(0); // no compression
        return bytes.toByteArray();
    }
}
