package dev.penstock.certificate;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What a server shows, and the key that belongs to it.
 *
 * @param chain the server's own certificate first
 */
public record Pair(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] CHALLENGE = {'p', 'e', 'n', 's', 't', 'o', 'c', 'k'};

    /**
     * Reads both as PEM, and checks that they belong together.
     *
     * @throws GeneralSecurityException if one is missing or garbled, or the key is that of another certificate
     */
    public static Pair read(byte[] certificates, byte[] key) throws GeneralSecurityException {
        List<X509Certificate> chain = Pem.certificates(certificates);
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        return checked(new Pair(chain, Pem.key(key)));
    }

    private static Pair checked(Pair pair) throws GeneralSecurityException {
        if (!belongs(pair.key, pair.certificate().getPublicKey())) {
            throw new InvalidKeyException("the key is that of another certificate");
        }
        return pair;
    }

    /**
     * The same of a server, which the API server could accept under some name: it looks at subject alternative names alone.
     *
     * @throws GeneralSecurityException as above, and if the certificate has no such name
     */
    public static Pair readOfServer(byte[] certificates, byte[] key) throws GeneralSecurityException {
        Pair pair = read(certificates, key);
        if (pair.certificate().getSubjectAlternativeNames() == null) {
            throw new CertificateException("the certificate has no subject alternative name");
        }
        return pair;
    }

    /** Whether these are the halves of one key: what the one signs, the other verifies. */
    static boolean belongs(PrivateKey key, PublicKey other) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(other.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm(); // Ed25519 names the signature, too
                });
        signature.initSign(key);
        signature.update(CHALLENGE);
        byte[] signed = signature.sign();
        signature.initVerify(other);
        signature.update(CHALLENGE);
        return signature.verify(signed);
    }

    /** The server's own. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Whether it is the time of the server's own. */
    public boolean isValid(Instant now) {
        return Lifetime.of(certificate()).covers(now);
    }

    /** When that is, for the log: {@code from 2026-01-01T00:00:00Z until 2026-04-01T00:00:00Z}. */
    public String validity() {
        Lifetime lifetime = Lifetime.of(certificate());
        return "from " + lifetime.begin() + " until " + lifetime.end();
    }

    /** As PEM. */
    public String certificatePem() throws GeneralSecurityException {
        return Pem.of(chain);
    }

    /** As PEM of PKCS#8. */
    public String keyPem() {
        return Pem.of(key);
    }
}
