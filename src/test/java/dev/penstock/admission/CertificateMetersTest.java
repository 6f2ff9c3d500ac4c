package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.certificate.Bundle;
import dev.penstock.certificate.Holding;
import dev.penstock.certificate.Names;
import dev.penstock.certificate.Renewal;
import dev.penstock.docs.Scrape;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateMetersTest {
    private static final Instant NOW = Instant.parse("2026-01-31T01:00:00Z");
    private static final Duration LEAF = Duration.ofDays(7);
    private static final Duration AUTHORITY = Duration.ofDays(365);

    private final TestRegistry registry = new TestRegistry();
    private Optional<X509Certificate> leaf = Optional.empty();
    private Optional<X509Certificate> authority = Optional.empty();

    CertificateMetersTest() {
        registry.register(new CertificateMeters(() -> leaf, () -> authority));
    }

    /** A certificate of its own. */
    static Optional<X509Certificate> leaf() {
        return Optional.of(holding().leaf().certificate());
    }

    private static Holding holding() {
        try {
            return new Renewal(Names.ofService("penstock", "penstock-system", List.of()), AUTHORITY, LEAF)
                    .next(Map.of(), Optional.empty(), Bundle.NONE, NOW);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsWhenTheCertificatesEndThatThereAreNow() {
        assertThat(samples()).isEmpty();
        leaf = leaf();
        assertThat(samples()).hasSize(1);
        authority = Optional.of(holding().authority().certificate());
        assertThat(samples()).containsExactly(sample("leaf", NOW.plus(LEAF)), sample("ca", NOW.plus(AUTHORITY)));
    }

    private static Scrape.Sample sample(String certificate, Instant end) {
        return new Scrape.Sample(
                "penstock_certificate_expiry_timestamp_seconds",
                Map.of("certificate", certificate),
                end.getEpochSecond());
    }

    private List<Scrape.Sample> samples() {
        return registry.scrape().samples();
    }
}
