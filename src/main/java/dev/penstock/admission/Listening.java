package dev.penstock.admission;

import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before the webhook's own port listens: the management port is up a moment earlier. */
@Readiness
@ApplicationScoped
class Listening implements HealthCheck {
    private volatile boolean started;

    void started(@ObservesAsync HttpsServerStart event) {
        started = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("webhook listens").status(started).build();
    }
}
