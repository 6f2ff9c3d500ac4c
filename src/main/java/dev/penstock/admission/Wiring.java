package dev.penstock.admission;

import dev.penstock.cluster.ApiClient;
import dev.penstock.cluster.ClusterPolicies;
import dev.penstock.cluster.Kubeconfig;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.review.InForce;
import dev.penstock.review.Reviewer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Makes what the endpoints need from the configuration. */
@Singleton
final class Wiring {
    // A replaced file is seen at one poll and read at the next: in force within a second, with room to spare.
    private static final long POLL_MILLIS = 250;

    // Set at the start; probes and the end come on other threads.
    private volatile BooleanSupplier loaded = () -> true;
    private volatile Runnable close = () -> {};

    /** What is in force: of a cluster, of the file or folder that is configured, else the built-in policy alone. */
    @Produces
    @Singleton
    @Startup
    InForce inForce(
            @ConfigProperty(name = "penstock.policy") Optional<Path> files,
            @ConfigProperty(name = "penstock.from-cluster", defaultValue = "false") boolean fromCluster,
            Instance<KubernetesClient> client)
            throws InvalidPolicyException {
        if (fromCluster) {
            ClusterPolicies cluster = new ClusterPolicies(client.get(), clock());
            loaded = cluster::isReady;
            close = cluster::close;
            cluster.start();
            return cluster;
        }
        if (files.isEmpty()) {
            Reviewer builtIn = Reviewer.of();
            return () -> builtIn;
        }
        FollowedPolicies followed = new FollowedPolicies(files.get(), NamespaceLabels.OF_THE_NAME);
        close = Poller.start("policy files", POLL_MILLIS, followed::poll)::close;
        return followed;
    }

    /** Not ready before there is something to review by. */
    @Produces
    @Readiness
    @Singleton
    HealthCheck policies() {
        return () -> HealthCheckResponse.named("policies are loaded")
                .status(loaded.getAsBoolean())
                .build();
    }

    /** Of the kubeconfig, else of the cluster that this runs in; on the server's own threads. */
    @Produces
    @Singleton
    KubernetesClient client(Vertx vertx) {
        return ApiClient.of(Kubeconfig.current(), new VertxHttpClientFactory(vertx));
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }

    /** One for all: the one that Quarkus makes where there is no other is another wherever it is asked for. */
    @Produces
    @Singleton
    CollectorRegistry collectors() {
        return new CollectorRegistry(true);
    }

    @Produces
    @Singleton
    ReviewMeters reviewMeters(MeterRegistry registry) {
        return new ReviewMeters(registry);
    }

    void start(@Observes StartupEvent event, CollectorRegistry registry, InForce inForce) {
        registry.register(new PolicyMeters(inForce));
    }

    void stop(@Observes ShutdownEvent event) {
        close.run();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
