package dev.penstock.controlplane;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client that trusts exactly one bundle, and looks at names as the API server does. */
public final class TlsClient {
    private static final int TIMEOUT_MILLIS = 60_000;

    private TlsClient() {}

    /**
     * Connects, and is done with the handshake.
     *
     * @param bundle as PEM
     * @throws IOException if the server is not there, or is not trusted
     */
    public static SSLSocket connect(URI server, byte[] bundle) throws IOException {
        return handshake(silent(server, bundle));
    }

    /** The same with one protocol and these suites only, what it prefers first. */
    public static SSLSocket connect(URI server, byte[] bundle, String protocol, String... suites) throws IOException {
        SSLSocket socket = silent(server, bundle);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setEnabledCipherSuites(suites);
        return handshake(socket);
    }

    private static SSLSocket handshake(SSLSocket socket) throws IOException {
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static SSLSocket silent(URI server, byte[] bundle) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate authority :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bundle))) {
                trusted.setCertificateEntry(String.valueOf(trusted.size()), authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(server.getHost(), server.getPort());
            socket.setSoTimeout(TIMEOUT_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException(e); // no bundle at all
        }
    }

    /** What the server shows. */
    public static X509Certificate certificate(URI server, byte[] bundle) throws IOException {
        try (SSLSocket socket = connect(server, bundle)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
