package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.ServerCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways past the webhook that somebody may try who may write CronJobs: a real API server leaves none of these open. */
@EachControlPlane
class BypassIT {
    private static final List<String> CREATE = List.of("create", "-f", "-");
    private static final String CONFIGURATION = "mutatingwebhookconfiguration/penstock.dev";
    private static final String DENIED = "(rule imageTag)";

    private static final String POLICY = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: strict}
            spec:
              rules: {imageTag: {action: Deny, forbid: [latest]}}
              profiles:
                privileged:
                  defaults:
                    spec:
                      jobTemplate:
                        spec: {template: {spec: {containers: [{name: "*", securityContext: {privileged: true}}]}}}
            """;
    private static final String GOOD = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: churn
              labels: {penstock.dev/pipeline: default}
            spec:
              schedule: 0 1 * * *
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: "registry.example.com/churn:1", args: [run]}]
            """;
    private static final String BAD = GOOD.replace("churn:1", "churn:latest");
    private static final String BAD_AND_TERMINATING =
            BAD.replace("name: churn\n", "name: churn\n  deletionTimestamp: 2020-01-01T00:00:00Z\n");

    @Parameter
    ControlPlane controlPlane;

    private InstalledWebhook webhook;
    private Kubectl kubectl;

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        webhook = InstalledWebhook.on(controlPlane, POLICY);
        kubectl = controlPlane.kubectl();
    }

    @AfterEach
    void clear() {
        kubectl.mustRun(List.of("delete", "cronjobs", "--all", "--wait=false"), "");
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        webhook.close();
    }

    /** Server-side apply to 1.34 stores it so. */
    @ParameterizedTest
    @ValueSource(strings = {"create", "apply", "apply --server-side"})
    void oneThatIsSaidToBeTerminatingIsLookedAtWhenItIsNew(String command) {
        assertThat(kubectl.run(command(command), BAD_AND_TERMINATING).stderr()).contains(DENIED);
        assertThat(kubectl.run("get", "cronjob", "churn").stderr()).contains("NotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apply", "apply --server-side --force-conflicts", "replace"})
    void noEditMakesOneTerminating(String command) {
        kubectl.mustRun(CREATE, GOOD);
        assertThat(kubectl.run(command(command), BAD_AND_TERMINATING).stderr())
                .contains("metadata.deletionTimestamp", "field is immutable");
    }

    private static List<String> command(String words) {
        return List.of((words + " -f -").split(" "));
    }

    @Test
    void thereIsNoOtherVersionOfACronJob() {
        assertThat(kubectl.mustRun(List.of("get", "--raw", "/apis/batch"), "").stdout())
                .contains("\"versions\":[{\"groupVersion\":\"batch/v1\",\"version\":\"v1\"}]");
    }

    @Test
    void noContainerIsWhereNoRuleLooks() {
        String hidden =
                GOOD + "          ephemeralContainers: [{name: debug, image: \"registry.example.com/a:latest\"}]\n";
        assertThat(kubectl.run(CREATE, hidden).stderr()).contains("ephemeralContainers", "not allowed");
    }

    /** Pod Security looks at what the pod will be, whoever asked for it. */
    @Test
    void whatAPolicyFillsInIsHeldToTheRestrictionsOfTheNamespace() {
        String namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: restricted, labels: "
                + "{pod-security.kubernetes.io/enforce: baseline}}}";
        kubectl.mustRun(List.of("apply", "-f", "-"), namespace);
        String pipeline = GOOD.replace("pipeline: default", "pipeline: privileged");
        kubectl.mustRun(List.of("create", "-n", "restricted", "-f", "-"), pipeline);
        String pod = kubectl.mustRun(
                        List.of(
                                "get",
                                "cronjob",
                                "churn",
                                "-n",
                                "restricted",
                                "-o",
                                "jsonpath={.spec.jobTemplate.spec.template.spec}"),
                        "")
                .stdout();
        kubectl.mustRun(List.of("delete", "cronjob", "churn", "-n", "restricted"), "");
        assertThat(pod).contains("\"privileged\":true");
        assertThat(kubectl.run(
                                List.of("create", "--dry-run=server", "-n", "restricted", "-f", "-"),
                                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"churn\"},\"spec\":"
                                        + pod + "}")
                        .stderr())
                .contains("violates PodSecurity \"baseline:latest\": privileged");
    }

    /** Whoever draws reviews to another server has no certificate that the API server trusts. */
    @Test
    void anotherServersAnswerIsNotHeard(@TempDir Path folder) {
        String trusted = kubectl.mustRun(
                        List.of("get", CONFIGURATION, "-o", "jsonpath={.webhooks[0].clientConfig.caBundle}"), "")
                .stdout();
        trust(ServerCertificate.make(folder).caBundle());
        try {
            await(result -> result.stderr().contains("x509: certificate signed by unknown authority"));
            assertThat(kubectl.run(CREATE, GOOD).stderr()).contains("failed calling webhook \"mutate.penstock.dev\"");
        } finally {
            trust(trusted);
        }
        await(Kubectl.Result::succeeded);
    }

    private void trust(String caBundle) {
        String patch =
                "[{\"op\":\"replace\",\"path\":\"/webhooks/0/clientConfig/caBundle\",\"value\":\"" + caBundle + "\"}]";
        kubectl.mustRun(List.of("patch", CONFIGURATION, "--type=json", "-p", patch), "");
    }

    private void await(Predicate<Kubectl.Result> expected) {
        Await.until(
                "the API server to go by another bundle",
                Duration.ofSeconds(30),
                () -> expected.test(kubectl.run(List.of("create", "--dry-run=server", "-f", "-"), GOOD)),
                () -> "");
    }
}
