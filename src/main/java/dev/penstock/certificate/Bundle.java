package dev.penstock.certificate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The authorities that a client trusts. */
public record Bundle(List<X509Certificate> authorities) {
    public static final Bundle NONE = new Bundle(List.of());

    /** What can be read of a PEM: nothing of one that is garbled. */
    public static Bundle read(byte[] pem) {
        try {
            return new Bundle(Pem.certificates(pem));
        } catch (GeneralSecurityException e) {
            return NONE;
        }
    }

    /** Both together. */
    public Bundle and(Bundle other) {
        return new Bundle(Stream.concat(authorities.stream(), other.authorities.stream())
                .distinct()
                .toList());
    }

    /** Whether a client would accept this server's certificate now. */
    public boolean trusts(Pair pair, Instant now) {
        return pair.isValid(now)
                && authorities.stream()
                        .anyMatch(authority ->
                                Lifetime.of(authority).covers(now) && isSigned(pair.certificate(), authority));
    }

    static boolean isSigned(X509Certificate certificate, X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** As PEM. */
    public byte[] pem() throws GeneralSecurityException {
        return Pem.of(authorities).getBytes(StandardCharsets.US_ASCII);
    }
}
