package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCommandTest {
    private static final String POLICY = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: science}
            spec:
              namespaceSelector: {matchLabels: {example.com/kind: science}}
              task: train
              defaults:
                spec:
                  schedule: H 2 * * *
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          containers:
                            - name: "*"
                              resources: {limits: {memory: 4Gi}}
                              env: [{name: LEVEL, value: info}]
              profiles:
                training: {defaults: {spec: {schedule: H 3 * * *}}, rules: {retries: {action: Deny, max: 1}}}
              rules:
                retries: {action: Warn, max: 4}
              exemptions:
                - {namespaces: [ml], names: ["nightly-*"], rules: [retries], reason: moving, expires: 2999-03-31}
                - {namespaces: [other], rules: [retries], reason: not for ml}
            """;
    private static final String PIPELINE = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: churn, namespace: ml, labels: {penstock.dev/pipeline: default}}
            spec:
              schedule: 0 1 * * *
              jobTemplate:
                spec: {backoffLimit: 6, template: {spec: {containers: [{name: main, image: "a:1", args: [run]}]}}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void checkSaysThatThereIsNothingToCheck() {
        Path missing = folder.resolve("missing");
        assertThat(Run.of("policy", "check", missing.toString()))
                .isEqualTo(new Run(2, "", missing + ": no such file or folder\n"));
        Run none = Run.of("policy", "check", folder.toString());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).startsWith("penstock: no file in " + folder + " ends in .yaml or .yml\n");
        assertThat(Run.of("policy", "check", "").err()).startsWith("penstock: the name of a file is empty; ");
    }

    @Test
    void checkNamesWhatCanBeUsed() throws IOException {
        String file = write("policy.yaml", POLICY);
        Run run = Run.of("policy", "check", file);
        assertThat(run).isEqualTo(new Run(0, file + ": PipelinePolicy science can be used\n", ""));
    }

    @Test
    void checkWarnsOfExemptionsThatWaiveNothing() throws IOException {
        String file = write("policy.yaml", POLICY.replaceFirst("(?s)exemptions:.*", """
                        exemptions:
                            - {rules: [retries], reason: x, expires: 9999-12-31}
                            - {rules: [retries], reason: x, expires: 2026-03-31}
                            - {rules: [imageTag], reason: x}
                        """));
        assertThat(Run.of("policy", "check", file))
                .isEqualTo(new Run(
                        0,
                        file + ": PipelinePolicy science can be used\n",
                        file + ":24:46: warning: PipelinePolicy science: spec.exemptions[1].expires: is over, so that"
                                + " it waives nothing\n" + file
                                + ":25:15: warning: PipelinePolicy science: spec.exemptions[2].rules: this policy sets"
                                + " none of them, so that it waives nothing\n"));
    }

    @Test
    void checkSeesWhatIsThereTwiceInTwoFiles() throws IOException {
        String a = write("a.yaml", POLICY);
        String b = write("b.yaml", POLICY);
        Run run = Run.of("policy", "check", a, b);
        String twice = ":3:18: PipelinePolicy science: metadata.name: is there more than once, in a.yaml, b.yaml\n";
        assertThat(run).isEqualTo(new Run(2, "", a + twice + b + twice));
        assertThat(Run.of("policy", "check", a, a, folder.resolve("./a.yaml").toString()))
                .isEqualTo(new Run(0, a + ": PipelinePolicy science can be used\n", ""));
        Files.createDirectory(folder.resolve("sub"));
        String other = write("sub/a.yaml", POLICY);
        assertThat(Run.of("policy", "check", a, other).exitCode()).isZero();
    }

    /** As {@code kubectl get ppol,pdef -A -o yaml} saves them. */
    @Test
    void checkReadsAList() throws IOException {
        String items = (POLICY.replace(
                                "metadata: {name: science}", "metadata: {name: science, uid: a, managedFields: []}")
                        + "status: {conditions: []}\n")
                .replaceAll("(?m)^", "    ")
                .replaceFirst(" {4}", "  - ");
        String list = "apiVersion: v1\nkind: List\nitems:\n" + items.stripTrailing()
                + "\n  - {apiVersion: penstock.dev/v1alpha1, kind: PipelineDefaults, metadata: {name: a, namespace: ml}}\n";
        String file = write("backup.yaml", list);
        assertThat(Run.of("policy", "check", file))
                .isEqualTo(new Run(
                        0,
                        file + ": PipelinePolicy science can be used\n" + file
                                + ": PipelineDefaults ml/a can be used\n",
                        ""));
        String wrong =
                write("wrong.yaml", list.replace("task: train", "tusk: train").replace("name: a,", "name: A,"));
        assertThat(Run.of("policy", "check", wrong).err().lines())
                .map(line -> line.substring(wrong.length()).replaceFirst(": (unknown|must).*", ""))
                .containsExactlyInAnyOrder(
                        ":9:13: PipelinePolicy science: spec.tusk", ":29:82: PipelineDefaults ml/A: metadata.name");
    }

    @Test
    void checkRefusesWhatTheClusterWouldAndNoMore() throws IOException {
        String debug = write("debug.yaml", POLICY.replace("value: info", "value: y"));
        assertThat(Run.of("policy", "check", debug).err())
                .endsWith(
                        " PipelinePolicy science: "
                                + "spec.defaults.spec.jobTemplate.spec.template.spec.containers[0].env[0].value: must be a string, but is a boolean: put it in quotes\n");
        String numbers = write(
                "numbers.yaml",
                POLICY.replace("task: train", "task: train\n  priority: 1e1")
                        .replace("retries: {action: Warn, max: 4}", "retries: {action: null, max: 4.0}"));
        assertThat(Run.of("policy", "check", numbers))
                .isEqualTo(new Run(0, numbers + ": PipelinePolicy science can be used\n", ""));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        --namespace-label | science   | penstock: Invalid value for option '--namespace-label' (KEY=VALUE): must be a label such as platform.example.com/kind=science, but is 'science'
        --namespace-label | b a=z z   | penstock: Invalid value for option '--namespace-label' (KEY=VALUE): must be a label such as platform.example.com/kind=science, but is 'b a=z z'
        --namespace       | A B       | penstock: Invalid value for option '--namespace': no namespace is called 'A B': lower-case letters, digits and -, at most 63
        """)
    void showRefusesWhatNoNamespaceCanHave(String option, String value, String message) {
        Run run = Run.of("policy", "show", option, value);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith(message + "\n");
    }

    @Test
    void checkSaysWhereEachProblemStands() throws IOException {
        String file = write(
                "policy.yaml",
                POLICY.replace("max: 4}", "max: many, most: 2}")
                        .replace("[ml]", "[ML]")
                        .replace("task: train", "tusk: train"));
        Run run = Run.of("policy", "check", file);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()
                        .lines()
                        .map(line ->
                                line.substring(file.length(), line.indexOf(": must") + line.indexOf(": unknown") + 1)))
                .containsExactlyInAnyOrder(
                        ":6:9: PipelinePolicy science: spec.tusk",
                        ":23:20: PipelinePolicy science: spec.exemptions[0].namespaces",
                        ":21:34: PipelinePolicy science: spec.rules.retries.max",
                        ":21:46: PipelinePolicy science: spec.rules.retries.most");
    }

    @Test
    void checkSaysWhereEachDocumentStands() throws IOException {
        String head = "apiVersion: penstock.dev/v1alpha1\nkind: PipelinePolicy\nmetadata: {name: a}\n---\n";
        String file = write("policy.yaml", "---\n---\n" + head + "# more\n" + head + "kind: 5\n---\nmetadata: {}\n");
        assertThat(Run.of("policy", "check", file).err().lines())
                .map(line -> line.substring(file.length()).replaceFirst("(there|be) .*", "$1"))
                .containsExactlyInAnyOrder(
                        ":5:18: PipelinePolicy a: metadata.name: is there",
                        ":10:18: PipelinePolicy a: metadata.name: is there",
                        ":12:7: kind: must be",
                        ":14:1: kind: must be");
    }

    @Test
    void checkSaysWhatIsNoYamlAsOfManifests() throws IOException {
        String twice = write("policy.yaml", "metadata:\n  name: a\n  name: b\n");
        assertThat(Run.of("policy", "check", twice).err()).isEqualTo(twice + ":3:3: key \"name\" is there twice\n");
        Path bytes = Files.write(folder.resolve("bytes.yaml"), new byte[] {'a', ':', ' ', (byte) 0xc3, 0x28});
        assertThat(Run.of("policy", "check", bytes.toString()).err()).isEqualTo(bytes + ": is no text in UTF-8\n");
        assertThat(Run.of("policy", "show", "-n", "ml", "--policy", bytes.toString())
                        .err())
                .contains("bytes.yaml: is no text in UTF-8\n");
    }

    @Test
    void checkSaysWhatIsNoYaml() throws IOException {
        String file = write("policy.yaml", "spec: [");
        Run run = Run.of("policy", "check", file, folder.resolve("none.yaml").toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith(folder.toString()));
    }

    @Test
    void showTellsWhereEachValueComesFrom() throws IOException {
        Run run = show();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .contains(
                        "task = train (policy science)",
                        "containerName = ml-pipeline-container (policy built-in)",
                        "defaults.spec.schedule = H 2 * * * (policy science)",
                        "defaults.spec.jobTemplate.spec.template.spec.restartPolicy = OnFailure (policy built-in)",
                        "defaults.spec.jobTemplate.spec.template.spec.containers[name=*].resources.limits.memory = 4Gi"
                                + " (policy science)",
                        "defaults.spec.jobTemplate.spec.template.spec.containers[name=*].env[name=LEVEL] ="
                                + " {\"name\":\"LEVEL\",\"value\":\"info\"} (policy science)",
                        "rules.retries = Warn {\"max\":4} (policy science)",
                        "  but nightly-* pass until 2999-03-31: moving",
                        "profiles: training");
        assertThat(run.out()).doesNotContain("not for ml").doesNotContain("0 1 * * *");
    }

    @Test
    void aTerminalDoesNotObeyWhatAPolicyHolds() throws IOException {
        String odd = write("odd.yaml", POLICY.replace("task: train", "task: \"\\e[2Jx\\e]0;owned\\a\\u202E\""));
        Run shown =
                Run.of("policy", "show", "-n", "ml", "--policy", odd, "--namespace-label", "example.com/kind=science");
        assertThat(shown.out()).contains("task = \uFFFD[2Jx\uFFFD]0;owned\uFFFD\uFFFD (policy science)");
        String forged = write("forged.yaml", POLICY.replace("task: train", "\"a\\e[2Jb\\nfake.yaml: all is well\": 1"));
        Run checked = Run.of("policy", "check", forged);
        assertThat(checked.err())
                .startsWith(forged + ":6:38: PipelinePolicy science: spec.a\uFFFD[2Jb\uFFFDfake.yaml: all is well: ");
        assertThat(Run.of("policy", "show", "-n", "ml", "--policy", forged).err())
                .contains(": spec.a\uFFFD[2Jb\uFFFDfake.yaml: all is well: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "true"})
    void showTakesTheValuesOfTheLabelThatChooseNoProfile(String none) throws IOException {
        assertThat(show("--profile", none)).isEqualTo(show());
    }

    @Test
    void checkReadsNoMoreThanAFileMayHold() throws IOException {
        Path large = folder.resolve("large.yaml");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30); // a hole
        }
        assertThat(Run.of("policy", "check", folder.toString()).err()).isEqualTo(large + ": is larger than 16 MiB\n");
    }

    @Test
    void showGoesByTheProfile() throws IOException {
        assertThat(show("--profile", "training").out())
                .contains("defaults.spec.schedule = H 3 * * * (policy science)\n", "rules.retries = Deny {\"max\":1}");
        assertThat(show("--profile", "trainin").err())
                .startsWith("penstock: --profile: no policy of this namespace knows trainin; known are: training;"
                        + " did you mean training?");
    }

    @Test
    void showSaysWhichExemptionsHaveExpired() throws IOException {
        assertThat(show("--now", "2999-03-31").out()).contains("  but nightly-* pass until 2999-03-31: moving\n");
        assertThat(show("--now", "2999-04-01").out())
                .contains("  nightly-* passed until 2999-03-31, which is over: moving\n");
    }

    @Test
    void previewTellsWhatChanges() throws IOException {
        String policy = write("policy.yaml", POLICY.replace("action: Warn", "action: Deny"));
        String fine = PIPELINE.replace("backoffLimit: 6", "backoffLimit: 2").replace("name: churn", "name: fine");
        String pipelines = write("pipelines.yaml", PIPELINE + "---\n" + fine);
        Run run = Run.of(
                "policy",
                "preview",
                "--policy",
                policy,
                "-f",
                pipelines,
                "--namespace-label",
                "example.com/kind=science");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                governs 2 existing pipelines in 1 namespace
                as they are, it would newly deny 1 of them, and newly warn of 0
                stricter for: 1 by retries
                filled in otherwise for 1: spec.jobTemplate.spec.template.spec.containers[0].env[0]
                filled in otherwise for 1: spec.jobTemplate.spec.template.spec.containers[0].resources.limits[memory]
                ml/churn: denied (rule retries)
                """);
        Run known = Run.of(
                "policy",
                "preview",
                "--policy",
                policy,
                "--in-force",
                policy,
                "-f",
                pipelines,
                "--namespace-label",
                "example.com/kind=science");
        assertThat(known.exitCode()).isZero();
        assertThat(known.out()).contains("newly deny 0").doesNotContain("otherwise");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a folder without one      | old | new        | 1 | ml/churn: denied (rule profile)
        a folder that renames one | old | renamed    | 0 | newly deny 0
        a folder that loosens one | new | old        | 0 | weaker for: 1 by profile
        a file above a folder     | old | new/a.yaml | 0 | newly deny 0
        """)
    void previewPutsAFolderInThePlaceOfAFolder(String story, String inForce, String policy, int exitCode, String line)
            throws IOException {
        String document = """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: %s}
                spec: {%s}
                """;
        String gpu = "profiles: {gpu: {task: b}}";
        for (String name : List.of("old", "new", "renamed")) {
            Files.createDirectories(folder.resolve(name));
            write(name + "/a.yaml", document.formatted("a", "task: a"));
        }
        write("old/b.yaml", document.formatted("b", gpu));
        write("renamed/b.yaml", document.formatted("c", gpu));
        String pipeline = write("pipeline.yaml", PIPELINE.replace("pipeline: default", "pipeline: gpu"));
        String now = folder.resolve(inForce).toString();
        String then = folder.resolve(policy).toString();
        Run run = Run.of("policy", "preview", "--policy", then, "--in-force", now, "-f", pipeline);
        assertThat(run.out()).contains(line);
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void previewNamesWhatCannotBeReviewed() throws IOException {
        String policy =
                write("policy.yaml", POLICY.replace("example.com/kind: science", "kubernetes.io/metadata.name: ml"));
        String pipeline = write("pipeline.yaml", PIPELINE.replace("backoffLimit: 6", "backoffLimit: '6'"));
        Run run = Run.of("policy", "preview", "--policy", policy, "--in-force", policy, "-f", pipeline);
        assertThat(run.err())
                .startsWith("penstock: " + pipeline + ":")
                .contains("spec.jobTemplate.spec.backoffLimit: must be ");
        assertThat(run.out()).contains("governs 0 existing pipelines");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private Run show(String... more) throws IOException {
        List<String> args =
                new ArrayList<>(List.of("policy", "show", "-n", "ml", "--policy", write("policy.yaml", POLICY)));
        args.addAll(List.of("--namespace-label", "example.com/kind=science"));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
