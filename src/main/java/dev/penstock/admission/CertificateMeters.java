package dev.penstock.admission;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** When the certificates end that are in use at the moment of a scrape. */
final class CertificateMeters extends Collector {
    private final Supplier<Optional<X509Certificate>> leaf;
    private final Supplier<Optional<X509Certificate>> authority;

    /**
     * @param leaf what the server shows
     * @param authority who signs it, as far as it is known
     */
    CertificateMeters(Supplier<Optional<X509Certificate>> leaf, Supplier<Optional<X509Certificate>> authority) {
        this.leaf = leaf;
        this.authority = authority;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        GaugeMetricFamily expiry = new GaugeMetricFamily(
                "penstock_certificate_expiry_timestamp_seconds",
                "When the certificate ends, in seconds since 1970.",
                List.of("certificate"));
        leaf.get().ifPresent(one -> expiry.addMetric(List.of("leaf"), end(one)));
        authority.get().ifPresent(one -> expiry.addMetric(List.of("ca"), end(one)));
        return List.of(expiry);
    }

    private static double end(X509Certificate certificate) {
        return (double) certificate.getNotAfter().toInstant().getEpochSecond();
    }
}
