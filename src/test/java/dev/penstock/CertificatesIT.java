package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.certificate.Bundle;
import dev.penstock.certificate.Holding;
import dev.penstock.certificate.Names;
import dev.penstock.certificate.Renewal;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.TlsClient;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Two replicas with certificates of their own, and what can happen to these. */
@EachControlPlane
class CertificatesIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SECRET = "penstock-tls";
    private static final List<String> CONFIGURATIONS = List.of(
            "mutatingwebhookconfiguration/penstock.dev",
            "validatingwebhookconfiguration/penstock.dev",
            "validatingwebhookconfiguration/policies.penstock.dev",
            "validatingwebhookconfiguration/require-label.penstock.dev");

    @Parameter
    ControlPlane controlPlane;

    private Kubectl kubectl;
    private WebhookProcess one;
    private WebhookProcess other;
    private Registration registration;

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        kubectl = controlPlane.kubectl();
        kubectl.mustRun(List.of("delete", "secret", SECRET, "--ignore-not-found"), "");
        // Ready where nothing sends reviews yet: else a cluster could not be installed in this order.
        one = WebhookProcess.startWithOwnCertificates("default/" + SECRET, controlPlane.kubeconfig());
        other = WebhookProcess.startWithOwnCertificates("default/" + SECRET, controlPlane.kubeconfig());
        registration = Registration.applyUntrusted(kubectl, one.endpoint(), other.endpoint());
        awaitGood();
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        registration.close();
        one.close();
        other.close();
        kubectl.mustRun(List.of("delete", "secret", SECRET, "--ignore-not-found"), "");
    }

    @AfterEach
    void goesOn() {
        awaitGood();
    }

    /** The API server asks, both show the certificate of the Secret, and every bundle is the Secret's. */
    private void awaitGood() {
        Await.until("certificates to be good", LIMIT, this::isGood, () -> one.output() + other.output());
        registration.awaitActive();
    }

    private boolean isGood() {
        String authorities = secret("ca\\.crt");
        return !authorities.isEmpty()
                && CONFIGURATIONS.stream()
                        .allMatch(configuration -> bundle(configuration).equals(authorities))
                && Stream.of(one, other)
                        .allMatch(replica ->
                                replica.readiness() == 200 && shown(replica).equals(Optional.of(secret("tls\\.crt"))));
    }

    private String secret(String key) {
        return kubectl.run("get", "secret", SECRET, "-o", "jsonpath={.data." + key + "}")
                .stdout();
    }

    private String bundle(String configuration) {
        return kubectl.run("get", configuration, "-o", "jsonpath={.webhooks[*].clientConfig.caBundle}")
                .stdout();
    }

    /** As the Secret has it; empty where it is not trusted. */
    private Optional<String> shown(WebhookProcess replica) {
        try {
            X509Certificate certificate = TlsClient.certificate(
                    replica.endpoint(), Base64.getDecoder().decode(bundle(CONFIGURATIONS.get(0))));
            return Stream.of(secret("tls\\.crt"))
                    .filter(kept -> Bundle.read(Base64.getDecoder().decode(kept))
                            .authorities()
                            .equals(List.of(certificate)))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Test
    void theSecretIsOfTheTypeThatOtherProgramsKnow() {
        assertThat(kubectl.mustRun(List.of("get", "secret", SECRET, "-o", "jsonpath={.type}"), "")
                        .stdout())
                .isEqualTo("kubernetes.io/tls");
    }

    @Test
    void aDeletedSecretIsPutBack() {
        String before = secret("tls\\.crt");
        kubectl.mustRun(List.of("delete", "secret", SECRET), "");
        awaitGood();
        assertThat(secret("tls\\.crt")).isEqualTo(before);
    }

    @Test
    void aGarbledSecretIsPutBack() {
        String before = secret("tls\\.crt");
        patch(Map.of("tls.crt", "Z2FyYmFnZQ==", "ca.key", "Z2FyYmFnZQ=="));
        awaitGood();
        assertThat(secret("tls\\.crt")).isEqualTo(before);
    }

    @Test
    void anAuthorityOfSomebodyElsesIsTaken() throws Exception {
        Holding foreign = foreign();
        patch(foreign.data().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> Base64.getEncoder().encodeToString(one.getValue()))));
        awaitGood();
        byte[] authorities = Base64.getDecoder().decode(secret("ca\\.crt"));
        assertThat(Bundle.read(authorities).authorities())
                .startsWith(foreign.authority().certificate())
                .hasSizeGreaterThan(1);
    }

    @Test
    void anEmptiedBundleIsFilled() {
        changeBundles("\"op\":\"remove\"");
        awaitGood();
    }

    @Test
    void aBundleOfSomebodyElsesIsReplaced() throws Exception {
        Bundle foreign = foreign().trusted();
        changeBundles("\"op\":\"replace\",\"value\":\"" + Base64.getEncoder().encodeToString(foreign.pem()) + "\"");
        awaitGood();
    }

    private void changeBundles(String operation) {
        for (String configuration : CONFIGURATIONS) {
            kubectl.mustRun(
                    List.of(
                            "patch",
                            configuration,
                            "--type=json",
                            "-p",
                            "[{\"path\":\"/webhooks/0/clientConfig/caBundle\"," + operation + "}]"),
                    "");
        }
    }

    @Test
    void aReplicaThatComesLaterTakesWhatIsThere() {
        String before = secret("tls\\.crt");
        try (WebhookProcess third =
                WebhookProcess.startWithOwnCertificates("default/" + SECRET, controlPlane.kubeconfig())) {
            assertThat(shown(third)).contains(before);
        }
        assertThat(secret("tls\\.crt")).isEqualTo(before);
    }

    private static Holding foreign() throws GeneralSecurityException {
        Renewal renewal = new Renewal(new Names(List.of("elsewhere")), Duration.ofDays(3), Duration.ofDays(1));
        return renewal.next(Map.of(), Optional.empty(), Bundle.NONE, Instant.now());
    }

    private void patch(Map<String, String> data) {
        String entries = data.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(","));
        kubectl.mustRun(List.of("patch", "secret", SECRET, "--type=merge", "-p", "{\"data\":{" + entries + "}}"), "");
    }
}
