package dev.penstock.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for servers on this machine ({@code 127.0.0.1}, {@code localhost}), signed with its own key: ECDSA P-256, good
 * for two days.
 */
public final class ServerCertificate {
    private static final String ALIAS = "server";
    // The key store is deleted again before anyone else could read it.
    private static final String PASSWORD = "changeit";

    private final Path certificate;
    private final Path key;
    private final KeyStore keyStore;

    private ServerCertificate(Path certificate, Path key, KeyStore keyStore) {
        this.certificate = certificate;
        this.key = key;
        this.keyStore = keyStore;
    }

    /** Makes a pair: {@code tls.crt} and {@code tls.key} in an existing folder. */
    public static ServerCertificate make(Path folder) {
        try {
            KeyStore keyStore = keyStore(folder);
            Path certificate = Files.writeString(
                    folder.resolve("tls.crt"),
                    pem("CERTIFICATE", keyStore.getCertificate(ALIAS).getEncoded()));
            Path key = Files.writeString(
                    folder.resolve("tls.key"),
                    pem(
                            "PRIVATE KEY",
                            keyStore.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
            return new ServerCertificate(certificate, key, keyStore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As PEM. */
    public Path certificate() {
        return certificate;
    }

    /** The private key, as PEM of PKCS#8. */
    public Path key() {
        return key;
    }

    /** What {@code caBundle} of a webhook configuration holds: the certificate's PEM, in base64. */
    public String caBundle() {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a server with this certificate, and for a client that trusts it and no other. */
    public SSLContext sslContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, keyStore.getCertificate(ALIAS));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore keyStore(Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("server.p12");
        Path output = folder.resolve("keytool.log");
        ProcessBuilder keytool = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
        keytool.redirectErrorStream(true).redirectOutput(output.toFile());
        try (ChildProcess process = ChildProcess.start(keytool)) {
            if (process.exitCode() != 0) {
                throw new IOException("keytool: " + Files.readString(output));
            }
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keyStore.load(in, PASSWORD.toCharArray());
            }
            return keyStore;
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(output);
        }
    }

    private static String pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
