package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.SteppedClock;
import dev.penstock.controlplane.WebhookProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Certificates and authorities that are renewed every few seconds, while pipelines are created. */
@EachControlPlane
class CertificateRenewalIT {
    private static final String SECRET = "penstock-brief";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int AUTHORITIES = 3;
    private static final String[] BRIEF = {"--leaf-validity", "12s", "--ca-validity", "36s"};

    @Parameter
    ControlPlane controlPlane;

    @AfterEach
    void clear() {
        controlPlane.kubectl().mustRun(List.of("delete", "secret", SECRET, "--ignore-not-found"), "");
    }

    @Test
    void noReviewAndNoConnectionIsLostWhereOneReplicaIsAYearAhead() {
        try (SteppedClock clock = SteppedClock.start();
                WebhookProcess one = WebhookProcess.startWithOwnCertificates(
                        "default/" + SECRET, controlPlane.kubeconfig(), clock, BRIEF);
                WebhookProcess other = start()) {
            clock.set(YEAR);
            assertNothingIsLost(one, other);
            assertThat(one.output()).contains("minutes ahead of that of the API server");
        }
    }

    private WebhookProcess start() {
        return WebhookProcess.startWithOwnCertificates("default/" + SECRET, controlPlane.kubeconfig(), BRIEF);
    }

    private void assertNothingIsLost(WebhookProcess one, WebhookProcess other) {
        try (Registration registration =
                Registration.applyUntrusted(controlPlane.kubectl(), one.endpoint(), other.endpoint())) {
            registration.awaitActive();
            try (RenewalLoad load = RenewalLoad.start(controlPlane, one, other)) {
                load.awaitMore(1);
                Await.until(
                        "authorities to be renewed",
                        LIMIT,
                        () -> load.authorities().size() >= AUTHORITIES
                                || !load.failures().isEmpty(),
                        () -> one.output() + other.output());
                assertThat(load.failures())
                        .as(() -> one.output() + other.output())
                        .isEmpty();
                assertThat(load.leaves()).hasSizeGreaterThan(AUTHORITIES);
            }
        }
    }
}
