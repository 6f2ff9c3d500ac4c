package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.FreePorts;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** The packaged program, which reads policies, namespaces and pipelines of a cluster in which no webhook is. */
@EachControlPlane
class ReviewFromClusterIT {
    private static final String POLICY = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: strict}
            spec:
              namespaceSelector: {matchLabels: {example.com/strict: "yes"}}
              defaults: {spec: {schedule: 0 5 * * *}}
              rules: {imageTag: {action: Deny, forbid: [latest]}}
            """;
    private static final String NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: strict, labels: {example.com/strict: "yes"}}
            """;
    private static final String PIPELINE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: old, namespace: strict, labels: {penstock.dev/pipeline: default}}
            spec:
              schedule: 0 1 * * *
              jobTemplate:
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "a:latest", args: [run]}]}}}
            """;

    private static final String FINE =
            PIPELINE.replace("namespace: strict", "namespace: default").replace("a:latest", "a:1");

    @Parameter
    ControlPlane controlPlane;

    @TempDir
    Path folder;

    private record Run(int exit, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    @BeforeParameterizedClassInvocation
    static void install(ControlPlane controlPlane) {
        Kubectl kubectl = controlPlane.kubectl();
        InstalledWebhook.installResources(kubectl);
        kubectl.mustRun(List.of("apply", "-f", "-"), String.join("---\n", POLICY, NAMESPACE, PIPELINE, FINE));
    }

    @AfterParameterizedClassInvocation
    static void clear(ControlPlane controlPlane) {
        Kubectl kubectl = controlPlane.kubectl();
        kubectl.mustRun(List.of("delete", "cronjobs", "--all", "-n", "strict"), "");
        kubectl.mustRun(List.of("delete", "cronjobs", "--all"), "");
        kubectl.mustRun(List.of("delete", "pipelinepolicy", "strict"), "");
        kubectl.mustRun(List.of("delete", "namespace", "strict", "--wait=false"), "");
    }

    @Test
    void goesByThePoliciesOfTheNamespaceAndByWhatIsReplaced() throws Exception {
        Path young = Files.writeString(folder.resolve("young.yaml"), PIPELINE.replace("name: old", "name: young"));
        Path old = Files.writeString(
                folder.resolve("old.yaml"), PIPELINE.replace("schedule: 0 1 * * *", "suspend: false"));
        Run run = run("review", "--from-cluster", "-o", "json", "-f", young.toString(), "-f", old.toString());
        assertThat(run.exit()).describedAs(run.err()).isEqualTo(1);
        JsonNode pipelines = run.json().path("pipelines");
        assertThat(pipelines.at("/0/verdict").asText()).isEqualTo("denied");
        assertThat(pipelines.at("/0/findings/0/policy").asText()).isEqualTo("strict");
        // The tag was forbidden before already.
        assertThat(pipelines.at("/1/verdict").asText()).isEqualTo("allowed");
        assertThat(pipelines.at("/1/findings/0/action").asText()).isEqualTo("Warn");
        assertThat(pipelines.at("/1/object/spec/schedule").asText()).isEqualTo("0 5 * * *");
    }

    @Test
    void aPolicyOfAFileStandsInThePlaceOfTheClustersOne() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY.replace("Deny", "Ignore"));
        Path young = Files.writeString(folder.resolve("young.yaml"), PIPELINE.replace("name: old", "name: young"));
        Run run = run("review", "--from-cluster", "--policy", policy.toString(), "-f", young.toString());
        assertThat(run.exit()).describedAs(run.out() + run.err()).isZero();
    }

    @Test
    void reviewsAllThatIsThere() throws Exception {
        Run run = run("review", "--from-cluster", "-n", "strict");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).startsWith("""
                        strict/old (cluster): denied
                          error: spec.jobTemplate.spec.template.spec.containers[0].image
                        """).endsWith("1 pipeline: 1 denied, 0 warned of, 0 allowed\n");
    }

    @Test
    void tellsHowTheRunsLie() throws Exception {
        Run run = run("spread", "--from-cluster", "-n", "strict", "-o", "json");
        assertThat(run.exit()).describedAs(run.err()).isZero();
        assertThat(run.json().path("denied").asInt()).isEqualTo(1); // which does not run
    }

    @Test
    void showsWhatAppliesToANamespace() throws Exception {
        Run strict = run("policy", "show", "--from-cluster", "-n", "strict");
        assertThat(strict.exit()).describedAs(strict.err()).isZero();
        assertThat(strict.out()).contains("defaults.spec.schedule = 0 5 * * * (policy strict)\n");
        assertThat(run("policy", "show", "--from-cluster", "-n", "default").out())
                .contains("defaults.spec.schedule = 0 1 * * * (policy built-in)\n");
    }

    @Test
    void previewsAPolicy() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: gaps}
                spec: {rules: {schedule: {action: Deny, minInterval: 48h}}}
                """);
        Run run = run("policy", "preview", "--from-cluster", "--policy", policy.toString());
        assertThat(run.exit()).describedAs(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("default/old").doesNotContain("strict/old"); // which is denied already
    }

    @Test
    void saysWhenNoClusterAnswers() throws Exception {
        Path kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"),
                Files.readString(controlPlane.kubeconfig()).replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:1"));
        Run run = run(kubeconfig, "review", "--from-cluster");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("penstock: cannot read policies of the cluster at https://127.0.0.1:1/: ")
                .contains("refused")
                .hasLineCount(1);
    }

    @Test
    void saysWhenItCannotUseTheKeyOfTheClient() throws Exception {
        ServerCertificate pair = ServerCertificate.make(folder);
        String key = Base64.getEncoder().encodeToString("garbled".getBytes(StandardCharsets.UTF_8));
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: a
                contexts: [{name: a, context: {cluster: a, user: a}}]
                clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: a, user: {client-certificate: %s, client-key-data: %s}}]
                """.formatted(pair.certificate(), key));
        String sentence = "cannot ask the cluster at https://127.0.0.1:1/: no private key without a password\n";
        assertThat(run(kubeconfig, "review", "--from-cluster")).isEqualTo(new Run(2, "", "penstock: " + sentence));
        FreePorts ports = FreePorts.pick();
        Run serve = run(
                kubeconfig,
                "serve",
                "--from-cluster",
                "--port=" + ports.first(),
                "--management-port=" + ports.second(),
                "--tls-cert=" + pair.certificate(),
                "--tls-key=" + pair.key());
        assertThat(serve.exit()).isEqualTo(1);
        assertThat(serve.err()).endsWith("penstock: cannot start: " + sentence);
    }

    @Test
    void saysThatAPortIsTakenAndNothingOfWhatEndsWithThat() throws Exception {
        FreePorts ports = FreePorts.pick();
        try (ServerSocket taken = new ServerSocket(ports.first())) {
            Run serve = run(
                    "serve",
                    "--from-cluster",
                    "--port=" + taken.getLocalPort(),
                    "--management-port=" + ports.second(),
                    "--tls-secret=default/taken-tls");
            assertThat(serve.exit()).isEqualTo(1);
            assertThat(serve.err()).contains("penstock: cannot start: Port already bound");
            assertThat(serve.out()).doesNotContain("cannot watch", "cannot be looked after");
        }
    }

    @Test
    void saysWhichManagementPortIsTaken() throws Exception {
        FreePorts ports = FreePorts.pick();
        ServerCertificate pair = ServerCertificate.make(folder);
        try (ServerSocket taken = new ServerSocket(ports.second())) {
            Run serve = run(
                    "serve",
                    "--port=" + ports.first(),
                    "--management-port=" + taken.getLocalPort(),
                    "--tls-cert=" + pair.certificate(),
                    "--tls-key=" + pair.key());
            assertThat(serve.exit()).isEqualTo(1);
            assertThat(serve.err())
                    .contains("penstock: cannot start: Port already bound: " + taken.getLocalPort()
                            + ": Address already");
        }
    }

    private Run run(String... args) throws Exception {
        return run(controlPlane.kubeconfig(), args);
    }

    private Run run(Path kubeconfig, String... args) throws Exception {
        List<String> command = new ArrayList<>(WebhookProcess.program(folder));
        command.addAll(List.of(args));
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }
}
