package dev.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged program as the service account that is shipped, from whose roles one verb of one rule is taken away: something
 * ends to work, and it is that verb of which the API server's own record says that it was refused.
 */
class LessAccessIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> APPLY = List.of("apply", "-f", "-");
    private static final String CERTIFICATES = "certificates cannot be looked after";

    private static final String DOCUMENTS = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: science}
            spec: {defaults: {spec: {startingDeadlineSeconds: %1$s}}}
            ---
            apiVersion: penstock.dev/v1alpha1
            kind: PipelineDefaults
            metadata: {name: team, namespace: default}
            spec: {defaults: {spec: {startingDeadlineSeconds: %1$s}}}
            """;

    @TempDir
    static Path folder;

    private static ControlPlane controlPlane;
    private static Kubectl kubectl;
    private static Path kubeconfig;
    private static ServerCertificate certificate;
    private static WebhookProcess webhook;
    private static int deadline = 60; // of seconds, another each time

    private int requestsBefore;
    private int outputBefore;

    static Stream<LessAccess> verbs() {
        return Account.roles().stream().flatMap(LessAccess::of);
    }

    @BeforeAll
    static void start() throws IOException {
        controlPlane = ControlPlanes.audited();
        kubectl = controlPlane.kubectl();
        new Installation(kubectl).apply("deploy");
        kubectl.mustRun(
                List.of("delete", "mutatingwebhookconfigurations,validatingwebhookconfigurations", "--all"), "");
        kubeconfig = Account.kubeconfig(kubectl, folder);
        certificate = ServerCertificate.make(folder);
        webhook = WebhookProcess.startWithOwnCertificates("penstock-system/penstock-tls", kubeconfig, "--from-cluster");
        Registration.applyUntrusted(kubectl, webhook.endpoint(), webhook.endpoint())
                .awaitActive();
        changeDocuments();
    }

    @AfterAll
    static void stop() {
        webhook.close();
        controlPlane.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void isMissed(LessAccess less) throws IOException {
        grant(less.reduced(), less, false);
        outputBefore = webhook.output().length();
        requestsBefore = Account.requests(controlPlane).size();
        try {
            useWithout(less);
        } finally {
            grant(less.role(), less, true);
        }
        if (less.role().at("/metadata/name").asText().equals("penstock-certificates")) {
            awaitWord("certificates are looked after again");
        }
    }

    private void useWithout(LessAccess less) throws IOException {
        switch (less.toString()) {
            case "list pipelinepolicies, pipelinedefaults",
                    "watch pipelinepolicies, pipelinedefaults",
                    "list namespaces",
                    "watch namespaces" -> startsWithout(less, 503);
            // Reviews need none of them; what policies tell of pipelines does.
            case "list cronjobs", "watch cronjobs" -> startsWithout(less, 200);
            case "get pipelinepolicies, pipelinedefaults", "patch pipelinepolicies/status, pipelinedefaults/status" -> {
                changeDocuments();
                awaitRefused(less);
                awaitWord("the status of PipelinePolicy science cannot be written");
            }
            case "get namespaces" -> {
                assertThat(AccessIT.review(webhook).statusCode()).isEqualTo(500);
                awaitRefused(less);
            }
            case "get secrets", "get mutatingwebhookconfigurations", "get validatingwebhookconfigurations" ->
                certificatesAreNotLookedAfter(less);
            case "patch secrets" -> {
                secret("patch", "--type=merge", "-p", "{\"data\":{\"ca.crt\":\"\"}}");
                certificatesAreNotLookedAfter(less);
            }
            case "create secrets" -> {
                secret("delete");
                certificatesAreNotLookedAfter(less);
            }
            case "patch mutatingwebhookconfigurations", "patch validatingwebhookconfigurations" -> {
                forgetWhomToTrust(
                        less.role().at("/rules/" + less.rule() + "/resources/0").asText());
                certificatesAreNotLookedAfter(less);
                webhook.awaitReadiness(503);
            }
            default -> throw new IllegalStateException("no test knows what this is for: " + less);
        }
    }

    private void startsWithout(LessAccess less, int readiness) {
        try (WebhookProcess another = WebhookProcess.launchFromCluster(certificate, kubeconfig)) {
            awaitRefused(less);
            Await.until(
                    "a word on what is not watched",
                    LIMIT,
                    () -> another.output().contains("cannot watch "),
                    another::output);
            another.awaitReadiness(readiness);
        }
    }

    private void certificatesAreNotLookedAfter(LessAccess less) {
        awaitRefused(less);
        awaitWord(CERTIFICATES);
    }

    /** And nothing else. */
    private void awaitRefused(LessAccess less) {
        Await.until("a request to be refused", LIMIT, () -> !refused(less).isEmpty(), webhook::output);
        assertThat(less.missing()).containsAll(refused(less));
    }

    private Set<Access> refused(LessAccess less) {
        List<JsonNode> requests = Account.requests(controlPlane);
        return requests.subList(requestsBefore, requests.size()).stream()
                .filter(request -> request.path("annotations")
                        .path("authorization.k8s.io/decision")
                        .asText()
                        .equals("forbid"))
                .map(request -> Access.asked(request, less.missing()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void awaitWord(String word) {
        Await.until(
                "the word " + word,
                LIMIT,
                () -> webhook.output().substring(outputBefore).contains(word),
                webhook::output);
    }

    /** So that their statuses have to be written. */
    private static void changeDocuments() {
        deadline++;
        kubectl.mustRun(APPLY, DOCUMENTS.formatted(deadline));
    }

    private static void secret(String verb, String... how) {
        List<String> command = new ArrayList<>(List.of(verb, "secret", "penstock-tls", "-n", "penstock-system"));
        command.addAll(List.of(how));
        kubectl.mustRun(command, "");
    }

    private static void forgetWhomToTrust(String configurations) {
        kubectl.mustRun(
                List.of(
                        "patch",
                        configurations,
                        "penstock.dev",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"remove\",\"path\":\"/webhooks/0/clientConfig/caBundle\"}]"),
                "");
    }

    /** Returns when the API server goes by it. */
    private static void grant(ObjectNode role, LessAccess less, boolean all) {
        kubectl.mustRun(APPLY, role.toString());
        Access access = less.missing().iterator().next();
        Await.until(
                "the API server to grant " + (all ? "all" : "less"),
                LIMIT,
                () -> kubectl.run(access.canI().toArray(String[]::new)).succeeded() == all,
                () -> "");
    }
}
