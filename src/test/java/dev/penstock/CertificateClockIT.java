package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.SteppedClock;
import dev.penstock.controlplane.WebhookProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Two replicas with certificates of their own, of which one has a clock that jumps. */
@EachControlPlane
class CertificateClockIT {
    private static final String SECRET = "penstock-clock";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int SOME = 20;
    private static final String AHEAD = "minutes ahead of that of the API server";
    private static final String BEHIND = "minutes behind that of the API server";
    private static final String AGREED = "agree again";

    @Parameter
    ControlPlane controlPlane;

    @Test
    void jumpsOfAYearLoseNothingAndRenewNothing() {
        Kubectl kubectl = controlPlane.kubectl();
        String secret = "default/" + SECRET;
        try (SteppedClock clock = SteppedClock.start();
                WebhookProcess one = WebhookProcess.startWithOwnCertificates(secret, controlPlane.kubeconfig(), clock);
                WebhookProcess other = WebhookProcess.startWithOwnCertificates(secret, controlPlane.kubeconfig());
                Registration registration = Registration.applyUntrusted(kubectl, one.endpoint(), other.endpoint())) {
            registration.awaitActive();
            one.awaitReady(); // not in the moment in which it makes the API server trust it
            String version = version(kubectl);
            try (RenewalLoad load = RenewalLoad.start(controlPlane, one, other)) {
                load.awaitMore(SOME);
                jump(clock, YEAR, one, AHEAD, load);
                jump(clock, Duration.ZERO, one, AGREED, load);
                jump(clock, YEAR.negated(), one, BEHIND, load);
                jump(clock, Duration.ZERO, one, AGREED, load);
                assertThat(load.failures())
                        .as(() -> one.output() + other.output())
                        .isEmpty();
                assertThat(load.leaves()).hasSize(1);
            }
            assertThat(version(kubectl)).isEqualTo(version);
            assertThat(other.output()).doesNotContain(AHEAD, BEHIND);
        } finally {
            kubectl.mustRun(List.of("delete", "secret", SECRET, "--ignore-not-found"), "");
        }
    }

    /** @param word that the replica has of it once it has seen it */
    private static void jump(
            SteppedClock clock, Duration ahead, WebhookProcess replica, String word, RenewalLoad load) {
        int before = count(word, replica);
        clock.set(ahead);
        Await.until(
                "a word on the clock",
                LIMIT,
                () -> {
                    assertThat(replica.readiness()).as(replica::output).isEqualTo(200);
                    return count(word, replica) > before;
                },
                replica::output);
        load.awaitMore(SOME);
        assertThat(replica.readiness()).as(replica::output).isEqualTo(200);
    }

    private static int count(String word, WebhookProcess replica) {
        return replica.output().split(word, -1).length - 1;
    }

    private static String version(Kubectl kubectl) {
        return kubectl.mustRun(List.of("get", "secret", SECRET, "-o", "jsonpath={.metadata.resourceVersion}"), "")
                .stdout();
    }
}
