package dev.penstock.certificate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What replicas are to hold next, given what they find. A holding that is good stays as it is, however often it is asked
 * about.
 *
 * @param names of the server
 * @param authorityValidity of a new authority, such as a year
 * @param leafValidity of a new certificate of the server, such as a week
 */
public record Renewal(Names names, Duration authorityValidity, Duration leafValidity) {
    // Nothing of ours comes to more than one at a time.
    private static final int MAX_PREVIOUS = 3;
    private static final byte[] NOTHING = {};

    /**
     * The next holding: what was found, as far as it is good.
     *
     * @param found the data that is kept; empty where there is none
     * @param before what this replica held, which is put back where nothing good was found; empty where it has just started
     * @param inForce whom clients trust at present
     */
    public Holding next(Map<String, byte[]> found, Optional<Holding> before, Bundle inForce, Instant now)
            throws GeneralSecurityException {
        Authority authority = Stream.concat(authority(found).stream(), before.map(Holding::authority).stream())
                .filter(one -> !Lifetime.of(one.certificate()).isDue(now))
                .findFirst()
                .orElse(null);
        if (authority == null) {
            authority = Authority.make(authorityValidity, now);
        }
        Pair leaf = Stream.concat(leaf(found).stream(), before.map(Holding::leaf).stream())
                .filter(isGood(authority, now))
                .findFirst()
                .orElse(null);
        if (leaf == null) {
            leaf = authority.issue(names, leafValidity, now);
        }
        return holding(authority, leaf, others(found, before, inForce, now), now);
    }

    /** A pair that nobody trusts. */
    public Pair makeshift(Instant now) throws GeneralSecurityException {
        return Authority.make(authorityValidity, now).issue(names, leafValidity, now);
    }

    private static Optional<Authority> authority(Map<String, byte[]> found) {
        try {
            return Optional.of(Authority.read(get(found, Holding.AUTHORITIES), get(found, Holding.AUTHORITY_KEY)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<Pair> leaf(Map<String, byte[]> found) {
        try {
            return Optional.of(Pair.read(get(found, Holding.CERTIFICATE), get(found, Holding.KEY)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] get(Map<String, byte[]> found, String key) {
        return found.getOrDefault(key, NOTHING);
    }

    private Predicate<Pair> isGood(Authority authority, Instant now) {
        return leaf -> Bundle.isSigned(leaf.certificate(), authority.certificate())
                && !Lifetime.of(leaf.certificate()).isDue(now)
                && names.areIn(leaf.certificate());
    }

    /** Every authority whose leaves a server may still show, with the time when none can be shown any more. */
    private Map<X509Certificate, Instant> others(
            Map<String, byte[]> found, Optional<Holding> before, Bundle inForce, Instant now) {
        Instant end = now.plus(leafValidity);
        Map<X509Certificate, Instant> others = new LinkedHashMap<>();
        List<X509Certificate> kept =
                Bundle.read(get(found, Holding.AUTHORITIES)).authorities();
        Instant until = until(found, now);
        for (int i = 0; i < kept.size(); i++) {
            others.putIfAbsent(kept.get(i), i == 0 ? end : until);
        }
        before.ifPresent(holding -> {
            others.putIfAbsent(holding.authority().certificate(), end);
            holding.previous().forEach(one -> others.putIfAbsent(one, holding.until()));
        });
        if (before.isEmpty()) {
            // Servers may run that show certificates from elsewhere: those before this one was installed.
            inForce.authorities().forEach(one -> others.putIfAbsent(one, end));
        }
        return others;
    }

    private Instant until(Map<String, byte[]> found, Instant now) {
        try {
            Instant until = Instant.parse(new String(get(found, Holding.UNTIL), StandardCharsets.US_ASCII));
            // Much later can only come of a clock that was wrong.
            return until.isAfter(now.plus(leafValidity.multipliedBy(2))) ? now.plus(leafValidity) : until;
        } catch (DateTimeException e) {
            return now.plus(leafValidity);
        }
    }

    private static Holding holding(Authority authority, Pair leaf, Map<X509Certificate, Instant> others, Instant now) {
        others.remove(authority.certificate());
        others.entrySet()
                .removeIf(one -> !one.getValue().isAfter(now)
                        || Lifetime.of(one.getKey()).end().isBefore(now));
        List<X509Certificate> previous = others.keySet().stream()
                .sorted(Comparator.comparing(X509Certificate::getNotBefore).reversed())
                .limit(MAX_PREVIOUS)
                .toList();
        return new Holding(
                authority,
                leaf,
                previous,
                previous.stream()
                        .map(others::get)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH));
    }
}
