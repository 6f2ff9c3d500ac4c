package dev.penstock.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys as text. */
final class Pem {
    private Pem() {}

    /**
     * All certificates, in their order; none where there are none.
     *
     * @throws GeneralSecurityException if one of them is garbled
     */
    static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /**
     * The first of them.
     *
     * @throws GeneralSecurityException if there is none, or one is garbled
     */
    static X509Certificate certificate(byte[] pem) throws GeneralSecurityException {
        return certificates(pem).stream().findFirst().orElseThrow(() -> new CertificateException("no certificate"));
    }

    /**
     * A private key: PKCS#8, or what openssl and cert-manager also write, PKCS#1 and SEC 1.
     *
     * @throws GeneralSecurityException if there is none, it is garbled, or it needs a password
     */
    static PrivateKey key(byte[] pem) throws GeneralSecurityException {
        try (PEMParser parser = new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
            JcaPEMKeyConverter keys = new JcaPEMKeyConverter();
            // Before a key may stand the name of its curve.
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof PrivateKeyInfo key) {
                    return keys.getPrivateKey(key);
                }
                if (part instanceof PEMKeyPair pair) {
                    return keys.getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new InvalidKeyException("a garbled private key", e); // the parser is not strict about what it throws
        }
        throw new InvalidKeyException("no private key without a password");
    }

    static String of(List<X509Certificate> certificates) throws GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return pem.toString();
    }

    /** As PKCS#8. */
    static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static String block(String label, byte[] content) {
        return Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(content)
                .lines()
                .collect(
                        Collectors.joining("\n", "-----BEGIN " + label + "-----\n", "\n-----END " + label + "-----\n"));
    }
}
