package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.FreePorts;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.TlsClient;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program shows, and says of it, while its certificate is not the one that is trusted. */
class CertificateFaultsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CONFIGURATION = "mutatingwebhookconfiguration/penstock.dev";

    /** May do all that it needs, but for what another binding adds: to write into the configurations. */
    private static final String ROLES = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: limited, namespace: default}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: limited}
            rules:
              - {apiGroups: [""], resources: [secrets], verbs: [get, create, patch]}
              - {apiGroups: [admissionregistration.k8s.io], verbs: [get],
                 resources: [mutatingwebhookconfigurations, validatingwebhookconfigurations]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: limited}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: limited}
            subjects: [{kind: ServiceAccount, name: limited, namespace: default}]
            """;

    @TempDir
    Path folder;

    @Test
    void isReadyOnlyWhileItsCertificateIsTrusted() throws IOException {
        ControlPlane controlPlane = ControlPlanes.ofItsOwn();
        try {
            Kubectl kubectl = controlPlane.kubectl();
            kubectl.mustRun(List.of("apply", "-f", "-"), ROLES);
            Path kubeconfig = kubectl.kubeconfigOf("default", "limited", folder);
            try (WebhookProcess webhook = WebhookProcess.startWithOwnCertificates("default/tls", kubeconfig);
                    Registration registration =
                            Registration.applyUntrusted(kubectl, webhook.endpoint(), webhook.endpoint())) {
                awaitWord(webhook, "certificates cannot be looked after");
                assertThat(webhook.readiness()).isEqualTo(503);
                allow(kubectl);
                webhook.awaitReady();
                registration.awaitActive();
                disallow(kubectl);
                ServerCertificate other = ServerCertificate.make(folder);
                kubectl.mustRun(
                        List.of(
                                "patch",
                                CONFIGURATION,
                                "--type=json",
                                "-p",
                                "[{\"op\":\"replace\",\"path\":\"/webhooks/0/clientConfig/caBundle\",\"value\":\""
                                        + other.caBundle() + "\"}]"),
                        "");
                webhook.awaitReadiness(503);
                allow(kubectl);
                webhook.awaitReady();
                registration.awaitActive();
            }
        } finally {
            controlPlane.close();
        }
    }

    private static void allow(Kubectl kubectl) {
        kubectl.run(
                "create",
                "clusterrole",
                "patch",
                "--verb=patch",
                "--resource=mutatingwebhookconfigurations,validatingwebhookconfigurations");
        kubectl.mustRun(
                List.of(
                        "create",
                        "clusterrolebinding",
                        "patch",
                        "--clusterrole=patch",
                        "--serviceaccount=default:limited"),
                "");
    }

    /** Returns once the API server goes by it. */
    private static void disallow(Kubectl kubectl) {
        kubectl.mustRun(List.of("delete", "clusterrolebinding", "patch"), "");
        Await.until(
                "the API server to refuse a patch",
                LIMIT,
                () -> kubectl.run("auth", "can-i", "patch", CONFIGURATION, "--as=system:serviceaccount:default:limited")
                        .stdout()
                        .equals("no\n"),
                () -> "");
    }

    @Test
    void showsWhatIsPutInThePlaceOfItsFilesOnceBothBelongTogether() throws Exception {
        ServerCertificate first = ServerCertificate.make(Files.createDirectory(folder.resolve("first")));
        ServerCertificate next = ServerCertificate.make(Files.createDirectory(folder.resolve("next")));
        byte[] trusted = Files.readAllBytes(first.certificate());
        byte[] trustedNext = Files.readAllBytes(next.certificate());
        try (WebhookProcess webhook = WebhookProcess.startAt(FreePorts.pick(), first, List.of())) {
            replace(next.certificate(), first.certificate());
            awaitWord(webhook, "cannot be used, so the certificate before stays");
            TlsClient.connect(webhook.endpoint(), trusted).close();
            assertThat(webhook.readiness()).isEqualTo(200);

            replace(next.key(), first.key());
            awaitWord(webhook, "has changed, and is shown");
            TlsClient.connect(webhook.endpoint(), trustedNext).close();
            assertThatThrownBy(() -> TlsClient.connect(webhook.endpoint(), trusted))
                    .isInstanceOf(SSLHandshakeException.class);
            assertThat(webhook.readiness()).isEqualTo(200);
        }
    }

    private static void awaitWord(WebhookProcess webhook, String word) {
        Await.until("its word: " + word, LIMIT, () -> webhook.output().contains(word), webhook::output);
    }

    private static void replace(Path from, Path to) throws IOException {
        Path copy = Files.copy(from, to.resolveSibling("next-" + from.getFileName()));
        Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
