package dev.penstock.certificate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the replicas of a server share: who signs, and what they all show.
 *
 * @param previous authorities before this one, which clients trust on, since a server may still show what they have signed
 * @param until when nobody can show it any more; without meaning where there are none
 */
public record Holding(Authority authority, Pair leaf, List<X509Certificate> previous, Instant until) {
    /** The keys of {@link #data}: as in a Secret of type {@code kubernetes.io/tls}. */
    static final String CERTIFICATE = "tls.crt";

    static final String KEY = "tls.key";

    /** The authorities as clients are to trust them: first the one that signs, then those before. */
    static final String AUTHORITIES = "ca.crt";

    static final String AUTHORITY_KEY = "ca.key";

    /** When those before are to be forgotten, such as {@code 2026-01-31T01:00:00Z}. */
    static final String UNTIL = "previous-ca-until";

    /** All keys of {@link #data}, whether they are in it or not. */
    public static final List<String> KEYS = List.of(CERTIFICATE, KEY, AUTHORITIES, AUTHORITY_KEY, UNTIL);

    /** Whom clients have to trust. */
    public Bundle trusted() {
        return new Bundle(Stream.concat(Stream.of(authority.certificate()), previous.stream())
                .toList());
    }

    /** As it is kept. */
    public Map<String, byte[]> data() throws GeneralSecurityException {
        Map<String, byte[]> data = new TreeMap<>(Map.of(
                CERTIFICATE, leaf.certificatePem().getBytes(StandardCharsets.US_ASCII),
                KEY, leaf.keyPem().getBytes(StandardCharsets.US_ASCII),
                AUTHORITIES, trusted().pem(),
                AUTHORITY_KEY, Pem.of(authority.key()).getBytes(StandardCharsets.US_ASCII)));
        if (!previous.isEmpty()) {
            data.put(UNTIL, until.toString().getBytes(StandardCharsets.US_ASCII));
        }
        return data;
    }

    /** Whether it is kept so already. */
    public boolean isIn(Map<String, byte[]> found) throws GeneralSecurityException {
        Map<String, byte[]> data = data();
        return KEYS.stream().allMatch(key -> Arrays.equals(data.get(key), found.get(key)));
    }

    /** As the log tells it. */
    @Override
    public String toString() {
        return "certificate until " + Lifetime.of(leaf.certificate()).end() + ", by an authority until "
                + Lifetime.of(authority.certificate()).end()
                + (previous.isEmpty() ? "" : ", and " + previous.size() + " before it trusted until " + until);
    }
}
