package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
        apply(policy("science", "{schedule: 0 2 * * *}"));
        awaitSchedule("0 2 * * *");
        for (int i = 0; i < 5; i++) {
            String name = "young-" + i;
            apply((NAMESPACE + "---\n" + PIPELINE)
                    .replace("churn,", name + ",")
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
                .contains("metadata.name: is that of the policy below all others");
    }

    @Test
    void anExemptionThatIsOverDrawsAWarning() {
        assertThat(apply(policy("science", "{}")
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
