package dev.penstock.admission;

import dev.penstock.certificate.Names;
import dev.penstock.certificate.Pair;
import dev.penstock.certificate.Renewal;
import dev.penstock.cluster.ClusterCertificates;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Where the server's certificate comes from: files, or a Secret that Penstock itself looks after. */
@Singleton
final class CertificateWiring {
    private static final long POLL_MILLIS = 1_000;

    private final Clock clock;
    private Runnable start = () -> {};
    // Set at the start; probes, scrapes and the end come on other threads.
    private volatile BooleanSupplier good = () -> true;
    // Of files, what is last in the chain, where that is not the leaf.
    private volatile Function<ServedPair, Optional<X509Certificate>> authority = served ->
            served.pair().map(Pair::chain).filter(chain -> chain.size() > 1).map(chain -> chain.get(chain.size() - 1));
    private volatile Runnable close = () -> {};

    CertificateWiring(Clock clock) {
        this.clock = clock;
    }

    @Produces
    @Singleton
    @Identifier(ServedPair.NAME)
    ServedPair served(
            @ConfigProperty(name = "penstock.tls-cert") Optional<Path> certificate,
            @ConfigProperty(name = "penstock.tls-key") Optional<Path> key,
            @ConfigProperty(name = "penstock.tls-secret") Optional<String> secret,
            @ConfigProperty(name = "penstock.service-name", defaultValue = "penstock") String service,
            @ConfigProperty(name = "penstock.tls-names") Optional<List<String>> names,
            @ConfigProperty(name = "penstock.ca-validity", defaultValue = "P365D") Duration authorityValidity,
            @ConfigProperty(name = "penstock.leaf-validity", defaultValue = "P7D") Duration leafValidity,
            Instance<KubernetesClient> client)
            throws IOException, GeneralSecurityException {
        ServedPair served = new ServedPair();
        if (secret.isPresent()) {
            String[] place = secret.get().split("/", 2);
            Renewal renewal = new Renewal(
                    Names.ofService(service, place[0], names.orElse(List.of())), authorityValidity, leafValidity);
            // Nobody trusts it, and it is never ready with it; but the server needs one to start.
            served.show(renewal.makeshift(clock.instant()));
            own(place, renewal, served, client);
        } else if (certificate.isPresent() && key.isPresent()) {
            follow(new FollowedPair(certificate.get(), key.get(), clock), served);
        }
        return served;
    }

    private void own(String[] place, Renewal renewal, ServedPair served, Instance<KubernetesClient> client) {
        good = () -> false;
        start = () -> {
            ClusterCertificates own =
                    new ClusterCertificates(client.get(), place[0], place[1], renewal, clock, served::show);
            good = own::isTrusted;
            authority = any -> own.authority();
            close = own::close;
            own.start();
        };
    }

    private void follow(FollowedPair files, ServedPair served) {
        served.show(files.pair());
        good = () -> files.pair().isValid(clock.instant());
        start = () -> close = Poller.start("certificate files", POLL_MILLIS, () -> files.poll(served::show))::close;
    }

    void start(
            @Observes StartupEvent event, CollectorRegistry registry, @Identifier(ServedPair.NAME) ServedPair served) {
        start.run();
        registry.register(
                new CertificateMeters(() -> served.pair().map(Pair::certificate), () -> authority.apply(served)));
    }

    /** Not ready with a certificate that the API server would not accept. */
    @Produces
    @Readiness
    @Singleton
    HealthCheck certificate() {
        return () -> HealthCheckResponse.named("the certificate is trusted")
                .status(good.getAsBoolean())
                .build();
    }

    void stop(@Observes ShutdownEvent event) {
        close.run();
    }
}
