package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.RecordedReview;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Policies, defaults and namespaces of a cluster, which are changed while the webhook runs. */
@EachControlPlane
class ClusterPoliciesIT {
    private static final List<String> APPLY = List.of("apply", "-f", "-");
    private static final List<String> SERVER_SIDE = List.of("apply", "--server-side", "-f", "-");
    private static final List<String> DRY_RUN = List.of("apply", "--dry-run=server", "-f", "-");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: churn, labels: {example.com/kind: science}}
            """;

    private static final String PIPELINE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: nightly
              namespace: churn
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/image: registry.example.com/churn:latest}
            spec: {}
            """;

    @Parameter
    ControlPlane controlPlane;

    private InstalledWebhook webhook;
    private Kubectl kubectl;

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        webhook = InstalledWebhook.fromCluster(controlPlane);
        kubectl = controlPlane.kubectl();
        kubectl.mustRun(APPLY, NAMESPACE);
    }

    @AfterEach
    void clear() {
        kubectl.mustRun(List.of("delete", "cronjobs", "--all", "-n", "churn"), "");
        kubectl.mustRun(List.of("delete", "pipelinedefaults", "--all", "-n", "churn"), "");
        kubectl.mustRun(List.of("delete", "pipelinepolicies", "--all"), "");
        kubectl.mustRun(APPLY, NAMESPACE);
        awaitSchedule("0 1 * * *");
        webhook.recorder().forget();
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        kubectl.mustRun(List.of("delete", "namespace", "churn", "--wait=false"), "");
        webhook.close();
    }

    @Test
    void aPolicyIsInForceAMomentAfterItIsAppliedAndNoLongerWhenItIsDeleted() {
        apply(policy("science", "{schedule: 0 2 * * *}"));
        awaitSchedule("0 2 * * *");
        apply(policy("science", "{schedule: 0 3 * * *}"));
        awaitSchedule("0 3 * * *");
        kubectl.mustRun(List.of("delete", "pipelinepolicy", "science"), "");
        awaitSchedule("0 1 * * *");
    }

    @Test
    void theTeamsDefaultsComeFirst() {
        apply(policy("science", "{schedule: 0 2 * * *, concurrencyPolicy: Forbid}"));
        apply("""
                apiVersion: penstock.dev/v1alpha1
                kind: PipelineDefaults
                metadata: {name: team, namespace: churn}
                spec: {defaults: {spec: {schedule: 0 4 * * *}}}
                """);
        awaitSchedule("0 4 * * *");
        assertThat(dryRun("{.spec.concurrencyPolicy}")).isEqualTo("Forbid");
    }

    @Test
    void aPolicyFollowsTheLabelsOfANamespace() {
        apply(policy("science", "{schedule: 0 2 * * *}"));
        awaitSchedule("0 2 * * *");
        kubectl.mustRun(List.of("label", "namespace", "churn", "example.com/kind=other", "--overwrite"), "");
        awaitSchedule("0 1 * * *");
        kubectl.mustRun(List.of("label", "namespace", "churn", "example.com/kind=science", "--overwrite"), "");
        awaitSchedule("0 2 * * *");
    }

    @Test
    void aNamespaceThatComesWithItsPipelineIsKnown() {
        // Without a controller, a namespace is never gone: so these have a label of their own.
        apply(policy("science", "{schedule: 0 2 * * *}").replace("kind: science", "kind: young"));
        apply(policy("seen", "{schedule: 0 3 * * *}"));
        awaitSchedule("0 3 * * *");
        for (int i = 0; i < 5; i++) {
            String name = "young-" + i;
            apply((NAMESPACE + "---\n" + PIPELINE)
                    .replace("churn,", name + ",")
                    .replace("kind: science", "kind: young")
                    .replace("namespace: churn", "namespace: " + name));
            assertThat(kubectl.mustRun(
                                    List.of("get", "cronjob", "nightly", "-n", name, "-o", "jsonpath={.spec.schedule}"),
                                    "")
                            .stdout())
                    .isEqualTo("0 2 * * *");
            kubectl.mustRun(List.of("delete", "namespace", name, "--wait=false"), "");
        }
    }

    @Test
    void aPipelineTakesTheNewDefaultWhenItIsAppliedAgain() {
        apply(policy("science", "{schedule: 0 2 * * *, concurrencyPolicy: Forbid}"));
        awaitSchedule("0 2 * * *");
        String own = PIPELINE.replace("spec: {}", "spec: {concurrencyPolicy: Replace}");
        kubectl.mustRun(SERVER_SIDE, own);
        apply(policy("science", "{schedule: 0 3 * * *, concurrencyPolicy: Allow}"));
        awaitSchedule("0 3 * * *");
        kubectl.mustRun(
                List.of(
                        "patch",
                        "cronjob",
                        "nightly",
                        "-n",
                        "churn",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"suspend\":true}}"),
                "");
        assertThat(stored("{.spec.schedule} {.spec.concurrencyPolicy}")).isEqualTo("0 2 * * * Replace");
        assertThat(kubectl.mustRun(SERVER_SIDE, own).warnings())
                .contains("spec.schedule follows policy science: 0 2 * * * → 0 3 * * *")
                .noneMatch(line -> line.contains("concurrencyPolicy"));
        assertThat(stored("{.spec.schedule} {.spec.concurrencyPolicy}")).isEqualTo("0 3 * * * Replace");
    }

    @Test
    void aBadPolicyIsRefusedWhenItIsApplied() {
        String bad = policy("science", "{schedule: 99 * * * *, defaults: {}}")
                .replace(
                        "spec:\n",
                        "spec:\n  priorty: 3\n  rules: {imageTag: {action: Deny, forbit: [x]}, retry: {}}\n");
        Kubectl.Result result = kubectl.run(APPLY, bad);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.stderr())
                .contains("spec.priorty: unknown key; known are: namespaceSelector")
                .contains("spec.rules.imageTag.forbit: unknown key")
                .contains("spec.rules.retry: unknown key")
                .contains("spec.defaults.spec.schedule");
        assertThat(kubectl.run(APPLY, policy("built-in", "{}")).stderr())
                .contains("is that of the policy below all others: choose another");
    }

    @Test
    void anExemptionThatIsOverDrawsAWarning() {
        assertThat(apply(policy("science", "{}")
                                + "  rules: {imageTag: {}}\n"
                                + "  exemptions: [{rules: [imageTag], reason: moving, expires: 2020-01-31}]\n")
                        .warnings())
                .containsExactly("spec.exemptions[0].expires: is over, so that it waives nothing");
    }

    @Test
    void theLastGoodVersionOfAPolicyThatIsNoneStaysInForce() {
        apply(policy("science", "{schedule: 0 2 * * *}"));
        awaitSchedule("0 2 * * *");
        webhook.switchedOff(() -> apply(policy("science", "{schedule: never}")));
        apply(policy("other", "{startingDeadlineSeconds: 77}"));
        Await.until(
                "the other policy",
                LIMIT,
                () -> dryRun("{.spec.startingDeadlineSeconds}").equals("77"),
                () -> "");
        assertThat(dryRun("{.spec.schedule}")).isEqualTo("0 2 * * *");
    }

    @Test
    void theStatusSaysWhetherAndForHowManyADocumentIsInForce() {
        String status = "{.status.namespaces} {.status.pipelines} {.status.observedGeneration}"
                + " {.status.conditions[?(@.type==\"Ready\")].status} {.status.conditions[0].reason}";
        apply(policy("science", "{schedule: 0 2 * * *}"));
        apply(PIPELINE);
        awaitStatus(status, "1 1 1 True InForce");
        webhook.switchedOff(() -> apply(policy("science", "{schedule: never}")));
        awaitStatus(status, "1 1 2 False Invalid");
        assertThat(policy("{.status.conditions[0].message}"))
                .startsWith("a version before this, if there was one, stays in force: spec.defaults.spec.schedule: ");
        apply(policy("science", "{schedule: 0 2 * * *}"));
        awaitStatus(status, "1 1 3 True InForce");
    }

    private void awaitStatus(String path, String expected) {
        Await.until("the status " + expected, LIMIT, () -> policy(path).equals(expected), () -> policy(path));
    }

    private String policy(String path) {
        return kubectl.mustRun(List.of("get", "pipelinepolicy", "science", "-o", "jsonpath=" + path), "")
                .stdout();
    }

    @Test
    void everyAnswerIsByOneWholeStateWhilePoliciesChange() throws Exception {
        String one = policy("science", "{schedule: 0 2 * * *, startingDeadlineSeconds: 102}");
        String other = policy("science", "{schedule: 0 3 * * *, startingDeadlineSeconds: 103}");
        apply(one);
        awaitSchedule("0 2 * * *");
        webhook.recorder().forget();
        dryRun("{}");
        RecordedReview review = webhook.recorder().recorded().get(0);
        assertThat(review.path()).isEqualTo("/mutate");
        Set<String> seen = new ConcurrentSkipListSet<>();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        List<CompletableFuture<Void>> load = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    while (!over.get()) {
                        ObjectNode patched = webhook.recorder()
                                .send("/mutate", review.review())
                                .patched();
                        seen.add(patched.at("/spec/schedule").asText() + " with "
                                + patched.at("/spec/startingDeadlineSeconds").asText());
                        answers.incrementAndGet();
                    }
                }))
                .toList();
        for (int i = 0; i < 10; i++) {
            apply(i % 2 == 0 ? other : one);
        }
        over.set(true);
        load.forEach(CompletableFuture::join);
        assertThat(seen).containsExactly("0 2 * * * with 102", "0 3 * * * with 103");
        assertThat(answers).hasValueGreaterThan(10);
    }

    @Test
    void aDryRunSaysWhatThePolicyWouldChange() {
        apply(PIPELINE);
        apply(PIPELINE.replace("nightly", "weekly").replace(":latest", ":1.4.2"));
        String strict = policy("science", "{}") + "  rules: {imageTag: {action: Deny}}\n";
        assertThat(kubectl.mustRun(DRY_RUN, strict).warnings())
                .containsExactly(
                        "governs 2 existing pipelines in 1 namespace",
                        "as they are, it would newly deny 1 of them, and newly warn of 0",
                        "stricter for: 1 by imageTag",
                        "churn/nightly: denied (rule imageTag)");
        assertThat(kubectl.run("get", "pipelinepolicies").stdout()).isEmpty();
        apply(strict);
        assertThat(kubectl.mustRun(DRY_RUN, strict.replace("action: Deny", "action: Warn"))
                        .warnings())
                .contains("weaker for: 1 by imageTag");
        assertThat(kubectl.mustRun(DRY_RUN, strict.replace("science", "nowhere"))
                        .warnings())
                .containsExactly("governs 0 existing pipelines in 0 namespaces");
    }

    @Test
    void aDryRunSaysWhatANarrowerPolicyLetsGo() {
        apply(PIPELINE);
        String wide = policy("science", "{schedule: 0 2 * * *}") + "  rules: {imageTag: {action: Deny}}\n";
        apply(wide);
        awaitDenied();
        String narrower = wide.replace("kind: science", "kind: other");
        assertThat(kubectl.mustRun(DRY_RUN, narrower).warnings())
                .containsExactly(
                        "governs 0 existing pipelines in 0 namespaces",
                        "as they are, it would newly deny 0 of them, and newly warn of 1",
                        "weaker for: 1 by imageTag");
    }

    @Test
    void aWebhookThatStartsPutsAllInForceAtOnce(@TempDir Path folder) throws IOException {
        apply(IntStream.range(0, 100)
                .mapToObj(i -> policy("p" + i, "{schedule: 0 2 * * *}"))
                .collect(Collectors.joining("---\n")));
        ServerCertificate certificate = ServerCertificate.make(folder);
        try (WebhookProcess another = WebhookProcess.startFromCluster(certificate, controlPlane.kubeconfig())) {
            another.end();
            assertThat(another.output().lines().filter(line -> line.contains("in force: ")))
                    .singleElement()
                    .asString()
                    .contains("in force: 100 policies and defaults of the cluster");
        }
    }

    /** Until a tag that moves is denied. */
    private void awaitDenied() {
        Await.until(
                "a denial",
                LIMIT,
                () -> !kubectl.run(
                                List.of("create", "--dry-run=server", "-f", "-"), PIPELINE.replace("nightly", "other"))
                        .succeeded(),
                () -> "none");
    }

    private static String policy(String name, String cronJobSpec) {
        return """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: %s}
                spec:
                  namespaceSelector: {matchLabels: {example.com/kind: %s}}
                  defaults: {spec: %s}
                """.formatted(name, name.equals("nowhere") ? "none" : "science", cronJobSpec);
    }

    private Kubectl.Result apply(String yaml) {
        return kubectl.mustRun(APPLY, yaml);
    }

    private void awaitSchedule(String expected) {
        Await.until(
                "the schedule " + expected,
                LIMIT,
                () -> dryRun("{.spec.schedule}").equals(expected),
                () -> dryRun("{.spec.schedule}"));
    }

    private String dryRun(String path) {
        return kubectl.mustRun(
                        List.of("create", "--dry-run=server", "-f", "-", "-o", "jsonpath=" + path),
                        PIPELINE.replace("name: nightly", "name: probe"))
                .stdout();
    }

    private String stored(String path) {
        return kubectl.mustRun(List.of("get", "cronjob", "nightly", "-n", "churn", "-o", "jsonpath=" + path), "")
                .stdout();
    }
}
