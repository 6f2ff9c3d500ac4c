package dev.penstock.admission;

import dev.penstock.docs.Scrape;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;

/** Metrics as the program has them, with nothing in it. */
@SuppressWarnings("deprecation") // in favour of another client of Prometheus', which Quarkus does not use yet
final class TestRegistry {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    MeterRegistry meters() {
        return registry;
    }

    void register(Collector collector) {
        registry.getPrometheusRegistry().register(collector);
    }

    Scrape scrape() {
        return Scrape.of(registry.scrape());
    }
}
