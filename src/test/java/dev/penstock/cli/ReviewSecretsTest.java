package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code penstock review} shows of a manifest with secrets in clear, which are called hunter here. */
class ReviewSecretsTest {
    private static final String SECRETS = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: churn, labels: {penstock.dev/pipeline: default}}
            spec:
              schedule: 0 1 * * *
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Sometimes
                      containers:
                        - name: main
                          image: a:1
                          command: [x, "--password=hunter"]
                          args:
                            - |
                              run
                              --password=hunter
                            - run
                          env:
                            - {name: GITHUB_TOKEN, value: ghp_hunter6789abcdefghijklmnopqrstuvwxyzAB}
                            - name: DB_PASSWORD
                              value: hunter
                        - {name: b, image: "b:latest", args: ["--password=hunter"]}
                        - {name: d, image: "https://user:hunter@registry/d:1"}
                        - {name: c, args: ["run
                            --password=hunter"], image: "c:latest"}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"text", "yaml", "sarif", "junit", "github"})
    void areShownNowhere(String format) throws IOException {
        Run run = Run.of("review", "-o", format, "-f", file("a.yaml", SECRETS));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out() + run.err()).contains("password=***").doesNotContain("hunter");
    }

    @Test
    void hideNoOtherLine() throws IOException {
        assertThat(Run.of("review", "-f", file("a.yaml", SECRETS)).out())
                .contains("10 |           restartPolicy: Sometimes\n")
                .contains("a.yaml:24:32: warning", "b:latest")
                .doesNotContain("24 | ", "25 | ", "27 | ");
    }

    @Test
    void hideTheLineOfAnotherPipelineToo() throws IOException {
        String json = """
                {"kind": "CronJob", "apiVersion": "batch/v1", "metadata": {"name": "%s", "labels": {"penstock.dev/pipeline": "default"}}, \
                "spec": {"schedule": "0 1 * * *", "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "a", %s}]}}}}}}""";
        String warned = json.formatted("a", "\"args\": [\"a\"], \"image\": \"a:latest\"");
        String secret = json.formatted("b", "\"image\": \"a:1\", \"args\": [\"--password=hunter\"]");
        String one = "{\"kind\": \"List\", \"items\": [%s,%s]}";
        assertThat(Run.of("review", "-f", file("a.json", one.formatted(secret, warned)))
                        .out())
                .contains("the tag latest is forbidden")
                .doesNotContain(" | ");
    }

    @Test
    void areMaskedWhereAPolicyFillsThemIn() throws IOException {
        String policy = """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: science}
                spec:
                  arguments: ["--password=hunter"]
                  defaults:
                    spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: "*", env: [{name: A_PASSWORD, value: hunter}]}]}}}}}
                """;
        String manifest = ReviewCommandTest.FINE.replace(", args: [run]", "");
        assertThat(Run.of("review", "-f", file("a.yaml", manifest), "--policy", file("p.yaml", policy))
                        .out())
                .containsPattern("args =\\s+[*]{3}\\s+[(]policy\\s+science")
                .containsPattern("env\\[0] =\\s+[*]{3}")
                .doesNotContain("hunter");
    }

    /** As by a webhook's warnings, which have the same words. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "containers: [{name: '*', env: [{name: API_TOKEN, value: %s}]}]",
                "containers: [{name: '*', args: ['--password=%s']}]",
                "containers: [{name: '*', command: [run, --password, %s]}]"
            })
    void areShownByNoNoteOnADefaultThatChanges(String pod) throws IOException {
        String manifest = file("a.yaml", """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: churn, labels: {penstock.dev/pipeline: default}}
                spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: main, image: "a:1"}]}}}}}
                """);
        String before = file("before.yaml", policy(pod.formatted("ghp_hunter6789abcdefghijklmnopqrstuvwxyzAB")));
        String stored = file(
                "old.yaml",
                Run.of("review", "-o", "yaml", "-f", manifest, "--policy", before)
                        .out());
        for (String other : List.of(pod.formatted("ghp_hunter0000abcdefghijklmnopqrstuvwxyzAB"), "hostIPC: false")) {
            Run run = Run.of("review", "-f", manifest, "--old", stored, "--policy", file("after.yaml", policy(other)));
            assertThat(run.out().replaceAll("\\s+", " "))
                    .containsPattern(
                            "note: \\S+ (follows policy p: \\*{3} → \\*{3}|follows policy built-in: \\*{3} →|goes again: policy p had filled in \\*{3}) ")
                    .doesNotContain("hunter");
        }
    }

    private static String policy(String pod) {
        return """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: p}
                spec: {defaults: {spec: {jobTemplate: {spec: {template: {spec: {%s}}}}}}}
                """.formatted(pod);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
