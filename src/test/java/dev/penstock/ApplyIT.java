package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an author meets who uses kubectl, with the built-in policy. */
@EachControlPlane
class ApplyIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HEAD = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: churn
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/image: registry.example.com/churn:1.4.2}
            """;

    private static final String MINIMAL = HEAD + "spec: {}\n";

    @Parameter
    ControlPlane controlPlane;

    private InstalledWebhook webhook;
    private Kubectl kubectl;

    enum Apply {
        CLIENT_SIDE,
        SERVER_SIDE;

        List<String> command(String verb) {
            List<String> command = new ArrayList<>(List.of(verb, "-f", "-"));
            if (this == SERVER_SIDE) {
                command.add("--server-side");
            }
            return command;
        }
    }

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        webhook = InstalledWebhook.on(controlPlane);
        kubectl = controlPlane.kubectl();
    }

    @AfterEach
    void everyReviewIsRepeatable() {
        kubectl.mustRun(List.of("delete", "cronjobs,jobs", "--all", "--wait=false"), "");
        assertThat(webhook.repeatReviews()).isEmpty();
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        webhook.close();
    }

    @Test
    void createsAMinimalManifest() {
        Kubectl.Result result = kubectl.mustRun(List.of("create", "-f", "-"), MINIMAL);

        assertThat(result.warnings()).isEmpty();
        JsonNode spec = stored("churn").path("spec");
        assertThat(spec.path("schedule").asText()).isEqualTo("0 1 * * *");
        JsonNode pod = podSpec(spec);
        assertThat(pod.path("restartPolicy").asText()).isEqualTo("OnFailure");
        assertThat(pod.path("containers")).hasSize(1);
        JsonNode container = pod.path("containers").path(0);
        assertThat(container.path("name").asText()).isEqualTo("ml-pipeline-container");
        assertThat(container.path("image").asText()).isEqualTo("registry.example.com/churn:1.4.2");
        assertThat(container.path("imagePullPolicy").asText()).isEqualTo("IfNotPresent");
        assertThat(container.path("args").toString()).isEqualTo("[\"--task\",\"run-pipeline\"]");
    }

    @Test
    void aSecondClientSideApplyIsUnchanged() {
        kubectl.mustRun(Apply.CLIENT_SIDE.command("apply"), MINIMAL);
        JsonNode first = stored("churn");

        Kubectl.Result second = kubectl.mustRun(Apply.CLIENT_SIDE.command("apply"), MINIMAL);

        assertThat(second.stdout()).isEqualTo("cronjob.batch/churn unchanged\n");
        assertThat(stored("churn")).isEqualTo(first);
        assertNoDifference(Apply.CLIENT_SIDE, MINIMAL);
    }

    @Test
    void aSecondServerSideApplyChangesNothing() {
        kubectl.mustRun(Apply.SERVER_SIDE.command("apply"), MINIMAL);
        JsonNode first = stored("churn");

        kubectl.mustRun(Apply.SERVER_SIDE.command("apply"), MINIMAL);

        assertThat(stored("churn")).isEqualTo(first);
        assertNoDifference(Apply.SERVER_SIDE, MINIMAL);
    }

    @Test
    void movesToServerSideApplyAndBack() {
        kubectl.mustRun(Apply.CLIENT_SIDE.command("apply"), MINIMAL);
        JsonNode first = stored("churn").path("spec");

        kubectl.mustRun(Apply.SERVER_SIDE.command("apply"), MINIMAL);
        assertThat(stored("churn").path("spec")).isEqualTo(first);
        assertNoDifference(Apply.SERVER_SIDE, MINIMAL);

        kubectl.mustRun(Apply.CLIENT_SIDE.command("apply"), MINIMAL);
        assertThat(stored("churn").path("spec")).isEqualTo(first);
        assertNoDifference(Apply.CLIENT_SIDE, MINIMAL);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theDefaultReturnsWhenAFieldIsTakenOut(Apply apply) {
        String more = HEAD + """
                spec:
                  schedule: 5 5 * * 1
                  jobTemplate: {spec: {template: {spec: {restartPolicy: Never}}}}
                """;
        kubectl.mustRun(apply.command("apply"), more);
        assertThat(stored("churn").at("/spec/schedule").asText()).isEqualTo("5 5 * * 1");

        kubectl.mustRun(apply.command("apply"), MINIMAL);

        JsonNode spec = stored("churn").path("spec");
        assertThat(spec.path("schedule").asText()).isEqualTo("0 1 * * *");
        assertThat(podSpec(spec).path("restartPolicy").asText()).isEqualTo("OnFailure");
        assertNoDifference(apply, MINIMAL);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void keepsADefaultedFieldThatTheAuthorWritesLater(Apply apply) {
        kubectl.mustRun(apply.command("apply"), MINIMAL);
        String more = HEAD + """
                spec:
                  schedule: 30 2 * * *
                  concurrencyPolicy: Allow
                  jobTemplate: {spec: {template: {spec: {restartPolicy: Never}}}}
                """;

        kubectl.mustRun(apply.command("apply"), more);
        kubectl.mustRun(apply.command("apply"), more);

        JsonNode spec = stored("churn").path("spec");
        assertThat(spec.path("schedule").asText()).isEqualTo("30 2 * * *");
        assertThat(spec.path("concurrencyPolicy").asText()).isEqualTo("Allow");
        assertThat(podSpec(spec).path("restartPolicy").asText()).isEqualTo("Never");
        assertNoDifference(apply, more);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aHashedScheduleStaysPutAtEachApply(Apply apply) {
        String hashed = HEAD + "spec: {schedule: H H(1-5) * * *}\n";
        Kubectl.Result created = kubectl.mustRun(apply.command("apply"), hashed);
        JsonNode first = stored("churn").path("spec");

        kubectl.mustRun(apply.command("apply"), hashed);

        assertThat(created.warnings()).singleElement().asString().contains("spec.schedule");
        assertThat(first.path("schedule").asText()).matches("[0-9]{1,2} [1-5] \\* \\* \\*");
        assertThat(stored("churn").path("spec")).isEqualTo(first);
        assertNoDifference(apply, hashed);
    }

    @Test
    void aDryRunIsAnsweredLikeTheRealThing() {
        List<String> create = List.of("create", "-f", "-", "-o", "json");
        Kubectl.Result dry = kubectl.mustRun(with(create, "--dry-run=server"), MINIMAL);
        Kubectl.Result real = kubectl.mustRun(create, MINIMAL);

        assertThat(read(dry.stdout()).path("spec"))
                .isEqualTo(read(real.stdout()).path("spec"));

        String wrong = HEAD.replace("churn", "other") + "spec: {schedule: 61 * * * *}\n";
        Kubectl.Result dryDenial = kubectl.run(with(create, "--dry-run=server"), wrong);
        Kubectl.Result denial = kubectl.run(create, wrong);

        assertThat(denial.succeeded()).isFalse();
        assertThat(denial.stderr()).contains("(rule schedule)");
        assertThat(dryDenial).isEqualTo(denial);
    }

    @Test
    void pipelinesOfOneGenerateNameShareTheirSchedule() {
        String generated = MINIMAL.replace("name: churn", "generateName: churn-")
                .replace("spec: {}", "spec: {schedule: H 3 * * *}");
        List<String> create = List.of("create", "-f", "-", "-o", "json");
        JsonNode one = read(kubectl.mustRun(create, generated).stdout());
        JsonNode other = read(kubectl.mustRun(create, generated).stdout());

        assertThat(one.at("/metadata/name")).isNotEqualTo(other.at("/metadata/name"));
        assertThat(one.at("/spec/schedule").asText()).matches("[0-9]{1,2} 3 \\* \\* \\*");
        assertThat(other.path("spec")).isEqualTo(one.path("spec"));

        String name = one.at("/metadata/name").asText();
        kubectl.mustRun(List.of("label", "cronjob", name, "team=ml"), "");
        assertThat(stored(name).path("spec")).isEqualTo(one.path("spec"));
    }

    @Test
    void everyMistakeIsShownAtOnce() {
        String wrong = """
                apiVersion: batch/v1
                kind: CronJob
                metadata:
                  name: churn
                  labels: {penstock.dev/pipeline: default}
                spec:
                  schedule: 61 * * * *
                  timeZone: Mars/Olympus
                """;
        for (List<String> command : List.of(
                List.of("create", "-f", "-"), Apply.CLIENT_SIDE.command("apply"), Apply.SERVER_SIDE.command("apply"))) {
            Kubectl.Result result = kubectl.run(command, wrong);

            assertThat(result.succeeded()).isFalse();
            assertThat(result.stderr().lines())
                    .as("kubectl " + command + "\n" + result.stderr())
                    .filteredOn(line -> line.contains("(rule "))
                    .hasSize(3)
                    .anyMatch(line -> line.contains("spec.schedule: Invalid value") && line.endsWith("(rule schedule)"))
                    .anyMatch(line -> line.contains("spec.timeZone: Invalid value") && line.endsWith("(rule timeZone)"))
                    .anyMatch(
                            line -> line.contains("containers: Required value") && line.contains("penstock.dev/image"));
        }
    }

    @Test
    void takingTheLabelOffIsSeenOnceAndSaid() {
        kubectl.mustRun(Apply.CLIENT_SIDE.command("apply"), MINIMAL);
        List<String> unlabel = List.of("label", "cronjob", "churn", "penstock.dev/pipeline-");

        assertThat(kubectl.mustRun(unlabel, "").warnings())
                .singleElement()
                .asString()
                .startsWith("metadata.labels[penstock.dev/pipeline]: Forbidden: without the label");

        webhook.recorder().forget();
        kubectl.mustRun(List.of("label", "cronjob", "churn", "team=ml"), "");
        assertThat(webhook.recorder().recorded()).isEmpty();
    }

    @Test
    void whatIsNoPipelineIsNeverSent() {
        kubectl.mustRun(List.of("create", "-f", "-"), """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: plain}
                spec:
                  schedule: 0 1 * * *
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          restartPolicy: Never
                          containers: [{name: main, image: registry.example.com/plain}]
                ---
                apiVersion: batch/v1
                kind: Job
                metadata: {name: plain, labels: {penstock.dev/pipeline: default}}
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: registry.example.com/plain}]
                """);
        kubectl.mustRun(List.of("label", "cronjob", "plain", "team=ml"), "");

        assertThat(webhook.recorder().recorded()).isEmpty();
    }

    @Test
    void theClustersOwnNamespacesAreNeverSent() {
        Kubectl.Result result = kubectl.run(List.of("create", "-f", "-", "-n", "kube-system"), MINIMAL);

        assertThat(result.stderr()).contains("spec.schedule: Required value").doesNotContain("(rule ");
        assertThat(webhook.recorder().recorded()).isEmpty();
    }

    @Test
    void aStatusUpdateIsNeverSent() {
        kubectl.mustRun(List.of("create", "-f", "-"), MINIMAL);
        assertThat(webhook.repeatReviews()).isEmpty();

        kubectl.mustRun(
                List.of(
                        "patch",
                        "cronjob",
                        "churn",
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\":{\"lastScheduleTime\":\"2026-01-01T01:00:00Z\"}}"),
                "");

        assertThat(webhook.recorder().recorded()).isEmpty();
    }

    private void assertNoDifference(Apply apply, String manifest) {
        Kubectl.Result diff = kubectl.run(apply.command("diff"), manifest);
        assertThat(diff.exit()).as(diff.stdout() + diff.stderr()).isZero();
        assertThat(diff.stdout()).isEmpty();
    }

    private JsonNode stored(String name) {
        return read(kubectl.mustRun(List.of("get", "cronjob", name, "-o", "json"), "")
                .stdout());
    }

    private static JsonNode podSpec(JsonNode spec) {
        return spec.at("/jobTemplate/spec/template/spec");
    }

    private static List<String> with(List<String> command, String flag) {
        List<String> all = new ArrayList<>(command);
        all.add(flag);
        return all;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
