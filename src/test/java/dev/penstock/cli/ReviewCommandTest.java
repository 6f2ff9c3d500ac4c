package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.cases.Case;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewCommandTest {
    static final String MOVING = """
            # nightly
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: churn, namespace: ml, labels: {penstock.dev/pipeline: default}}
            spec:
              schedule: 0 1 31 2 *
              jobTemplate: {spec: {template: {spec: {containers: [{name: main, image: "a:1", args: [run]}]}}}}
            """;
    static final String FINE = MOVING.replace("0 1 31 2 *", "0 1 * * *").replace("name: churn", "name: fine");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    static List<Case> cases() {
        return Case.all();
    }

    static Run review(Case story, String format) {
        List<String> args = new ArrayList<>(List.of(
                "review",
                "-o",
                format,
                "--now",
                "2026-03-01",
                "-f",
                story.input().toString()));
        story.policyFile().ifPresent(file -> args.addAll(List.of("--policy", file.toString())));
        story.old().ifPresent(file -> args.addAll(List.of("--old", file.toString())));
        return Run.of(args.toArray(String[]::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void comesToTheSameAsTheWebhook(Case story) throws Exception {
        Run run = review(story, "json");
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("summary").path("pipelines").asInt()
                        + report.path("summary").path("passedOver").asInt())
                .isEqualTo(1);
        if (report.path("pipelines").isEmpty()) {
            assertThat(story.outcomeLines()).containsExactly("allowed"); // none of ours
            return;
        }
        JsonNode pipeline = report.path("pipelines").path(0);
        List<String> lines = new ArrayList<>();
        lines.add(pipeline.path("verdict").asText());
        for (JsonNode finding : pipeline.path("findings")) {
            lines.add(finding.path("action").asText() + " "
                    + finding.path("field").asText() + ": "
                    + finding.path("message").asText());
        }
        assertThat(lines)
                .isEqualTo(story.outcomeLines().stream()
                        .filter(line -> !line.startsWith("Note ") && !line.startsWith("Change "))
                        .toList());
        assertThat(run.exitCode()).isEqualTo(lines.get(0).equals("denied") ? 1 : 0);
        if (story.expected().isPresent()) {
            assertThat(pipeline.path("object").toString())
                    .isEqualTo(Case.read(story.expected().get()).toString());
        }
    }

    @Test
    void showsWhatIsWrongWhereItStands() throws Exception {
        Run run = Run.of("review", "-f", file("churn.yaml", MOVING));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replace(folder.toString(), "DIR"))
                .startsWith("""
                ml/churn (DIR/churn.yaml:2): denied
                  DIR/churn.yaml:6:13: error: spec.schedule
                    Invalid value: "0 1 31 2 *": never fires within 5 years (rule schedule)
                      |
                    6 |   schedule: 0 1 31 2 *
                      |             ^^^^^^^^^^
                """)
                .endsWith("1 pipeline: 1 denied, 0 warned of, 0 allowed\n");
    }

    @Test
    void saysWhatIsFilledInWhyAndWhenItRuns() throws Exception {
        Run run = Run.of("review", "--now", "2026-03-01", "-f", file("fine.yaml", FINE));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("restartPolicy = OnFailure (policy\n    built-in)\n")
                .contains("  runs Sun 2026-03-01 01:00, Mon 2026-03-02 01:00, Tue 2026-03-03 01:00 UTC\n");
    }

    @Test
    void tellsSecondsOfRunsWhereThereAreSome() throws Exception {
        String every = FINE.replace("0 1 * * *", "'@every 90s'");
        assertThat(Run.of("review", "--now", "2026-03-01", "-f", file("fine.yaml", every))
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("runs Sun 2026-03-01 00:01:30, Sun 2026-03-01 00:03:00, Sun 2026-03-01 00:04:30 UTC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EST", "ROC", "Europe/Berlin", "Etc/UTC"})
    void namesTheZoneOfRunsAsItIsWritten(String zone) throws Exception {
        String there = FINE.replace("0 1 * * *", "0 1 * * *\n  timeZone: " + zone);
        assertThat(Run.of("review", "--now", "2026-03-01", "-f", file("fine.yaml", there))
                        .out())
                .containsPattern("runs .* 01:00\\s+" + zone + "\n");
    }

    @Test
    void reviewsAllOfAFolderAndPassesOverWhatIsNoPipeline() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        file("sub/fine.yml", FINE);
        file("more.yaml", "kind: ConfigMap\n---\n\n---\nkind: List\nitems: [{kind: Secret}, {kind: Job}]\n");
        file("notes.txt", "no manifest");
        Run run = Run.of("review", "-f", folder.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).endsWith("1 pipeline: 0 denied, 0 warned of, 1 allowed; 3 other objects passed over\n");
    }

    /** As {@code kubectl apply -f} does. */
    @ParameterizedTest
    @EnumSource(ReviewCommand.Format.class)
    void readsAFileOfAnyName(ReviewCommand.Format format) throws Exception {
        file("a\n\033b.yaml", MOVING);
        file("c\u2028.json", "{");
        Run run = Run.of("review", "-o", format.name(), "-f", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("c\uFFFD.json:2:1: ");
        assertThat(run.out() + run.err()).contains("churn").doesNotContain("\033", "\nb.yaml");
    }

    @Test
    void aMisspeltOptionIsNoFile() throws Exception {
        assertThat(Run.of("review", "-f", file("fine.yaml", FINE), "--polcy", "pols")
                        .err())
                .startsWith("penstock: Unknown option: '--polcy'\nPossible solutions: --policy");
    }

    /** A terminal would wait. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -f - --polcy pols      | Unknown option: '--polcy'
        -f a --polcy --old -   | Unknown option: '--polcy'
        -f - ''                | the name of a file is empty; . is the folder that you are in
        -f - --old -           | - is given twice: standard input can be read only once
        -f - -f -              | - is given twice: standard input can be read only once
        """)
    void whatIsMisspeltIsSaidBeforeStandardInputIsRead(String options, String problem) throws Exception {
        InputStream before = System.in;
        InputStream unreadable = InputStream.nullInputStream();
        unreadable.close();
        System.setIn(unreadable);
        try {
            Run run = Run.of(("review " + options).replace("''", "").split(" ", -1));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("penstock: " + problem + "\n");
        } finally {
            System.setIn(before);
        }
    }

    /** A chart that could not be rendered is no chart without pipelines. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                                     | 2 | penstock: standard input: holds nothing, as where the command before it failed
        '# a chart whose parts are all off'    | 0 | ''
        '{apiVersion: v1, kind: List, items: []}' | 0 | ''
        """)
    void aStandardInputThatHoldsNothingIsAnError(String input, int exitCode, String error) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        try {
            Run run = Run.of("review", "-f", "-");
            assertThat(run.exitCode()).isEqualTo(exitCode);
            assertThat(run.err().strip()).isEqualTo(error);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aPipelineOfNoKindThatThereIsIsAnError() throws Exception {
        Run run = Run.of(
                "review",
                "-f",
                file("old.yaml", FINE.replace("batch/v1", "batch/v1beta1")),
                file("case.yaml", FINE.replace("CronJob", "Cronjob")),
                file("job.yaml", FINE.replace("CronJob", "Job")),
                file("own.yaml", FINE.replace("batch/v1", "example.com/v1")));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("; 2 other objects passed over; 2 files could not be read");
        assertThat(run.err().lines().map(line -> line.replaceAll(".*/(?=.*yaml)", "")))
                .containsExactly(
                        "old.yaml:2:1: is labelled as a pipeline, which is a CronJob of batch/v1, and this is a CronJob of \"batch/v1beta1\"",
                        "case.yaml:2:1: is labelled as a pipeline, which is a CronJob of batch/v1, and this is a Cronjob of \"batch/v1\"");
    }

    /** kubectl refuses each of these; passed over, it would be a pipeline that nobody has looked at. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {kind: List, items: {kind: CronJob}}                                       | 1:21: items: must be a list
        {kind: CronJobList, items: x}                                              | 1:28: items: must be a list
        {kind: List, items: [{kind: List, items: 1}]}                              | 1:42: items: must be a list
        {kind: List, items: [null]}                                                | 1:22: is no Kubernetes object: it has no kind
        {apiVersion: batch/v1, kind: CronJob, metadata: x}                         | 1:49: metadata: must be an object, but is a string
        {apiVersion: batch/v1, kind: CronJob, metadata: {labels: [penstock.dev/pipeline]}} | 1:58: metadata.labels: must be an object, but is a list
        """)
    void whatMayHoldAPipelineAndCannotBeReadIsAnError(String manifest, String problem) throws Exception {
        Run run = Run.of("review", "-f", file("a.yaml", manifest), "-f", file("fine.yaml", FINE));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).endsWith("a.yaml:" + problem + "\n");
        assertThat(run.out()).endsWith("1 pipeline: 0 denied, 0 warned of, 1 allowed; 1 file could not be read\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: example.com/v1, kind: AllowList, spec: {items: {}}}",
                "{apiVersion: example.com/v1, kind: Menu, items: {}}",
                "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a, labels: null}}",
                "{apiVersion: batch/v1, kind: CronJob, metadata: null}"
            })
    void whatHoldsNoPipelineIsPassedOver(String manifest) throws Exception {
        Run run = Run.of("review", "-f", file("a.yaml", manifest));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).endsWith("; 1 other object passed over\n");
    }

    @Test
    void aNamespaceOfNullIsNone() throws Exception {
        Run run =
                Run.of("review", "-o", "json", "-f", file("a.yaml", FINE.replace("namespace: ml", "namespace: null")));
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.at("/pipelines/0/namespace").asText()).isEqualTo("default");
    }

    /** {@code kubectl get --raw} prints it so: the kind is the list's. */
    @Test
    void readsAListOfOneKind() throws Exception {
        String item = FINE.replaceAll("(?m)^(#|apiVersion|kind).*\n", "").replaceAll("(?m)^", "    ");
        String list = "apiVersion: batch/v1\nkind: %s\nitems:\n  -\n" + item;
        Run run = Run.of("review", "-o", "yaml", "-f", file("a.yaml", list.formatted("CronJobList")));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("---\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: fine\n");
        assertThat(Run.of("review", "-f", file("a.yaml", list.formatted("List")))
                        .err())
                .endsWith("a.yaml:5:5: is no Kubernetes object: it has no kind\n");
        String half = list.formatted("CronJobList").replace("  -\n", "  - apiVersion: batch/v1\n");
        assertThat(Run.of("review", "-f", file("a.yaml", half)).err()).endsWith("it has no kind\n");
    }

    @Test
    void goesThroughALinkToAFolderAndNotRoundInCircles() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        file("sub/fine.yml", FINE);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("sub"));
        Files.createSymbolicLink(folder.resolve("sub/back"), Path.of(".."));
        assertThat(Run.of("review", "-f", link.toString()).out())
                .startsWith("ml/fine (" + link.resolve("fine.yml") + ":2): allowed\n")
                .endsWith("1 pipeline: 0 denied, 0 warned of, 1 allowed\n");
    }

    @Test
    void saysWhatIsNoText() throws Exception {
        Path binary = Files.write(folder.resolve("a.yaml"), new byte[] {'a', (byte) 0xFF, (byte) 0xFE});
        Run run =
                Run.of("review", "-f", binary.toString(), "-f", file("empty.yaml", ""), "-f", file("c.yaml", "# none"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("penstock: " + binary + ": is no text in UTF-8\n");
        assertThat(run.out()).endsWith("0 pipelines: 0 denied, 0 warned of, 0 allowed; 1 file could not be read\n");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"-f", "--old", "--policy", "--output-file"})
    void aNameThatAScriptLeftEmptyIsNotTheFolderThatOneIsIn(String option) throws Exception {
        Run run = Run.of("review", "-f", file("fine.yaml", FINE), option, "");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().findFirst().orElseThrow()).contains("empty");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aFolderWithoutManifestsIsAnError() throws Exception {
        file("pipelines.txt", FINE);
        Run run = Run.of("review", "-f", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("penstock: " + folder + ": no file in this folder ends in .yaml, .yml or .json\n");
    }

    @Test
    void aKubeconfigThatIsNotThereIsAnError() {
        Path missing = folder.resolve("missing");
        System.setProperty("kubeconfig", missing.toString());
        try {
            assertThat(Run.of("review", "--from-cluster"))
                    .isEqualTo(new Run(2, "", "penstock: there is no kubeconfig at " + missing + "\n"));
        } finally {
            System.clearProperty("kubeconfig");
        }
    }

    @Test
    void aTerminalDoesNotObeyWhatAKubeconfigHolds() throws Exception {
        System.setProperty(
                "kubeconfig", file("config", "apiVersion: v1\nkind: Config\ncurrent-context: \"a\\e[2J\"\n"));
        try {
            assertThat(Run.of("review", "--from-cluster").err()).endsWith(" has no context a\uFFFD[2J\n");
        } finally {
            System.clearProperty("kubeconfig");
        }
    }

    @Test
    void aFolderWithoutPoliciesIsAnError() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Run run = Run.of("review", "--policy", empty.toString(), "-f", file("fine.yaml", FINE));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("penstock: --policy: no file in " + empty + " ends in .yaml or .yml\n");
    }

    @Test
    void readsNoMoreThanAFileMayHold() throws Exception {
        Path large = folder.resolve("large.yaml");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(100L << 20); // a hole
        }
        assertThat(Run.of("review", "-f", large.toString()).err())
                .isEqualTo("penstock: " + large + ": is larger than 16 MiB\n");
    }

    @Test
    void goesOnWhereAFileCannotBeRead() throws Exception {
        String broken = file("broken.yaml", "kind: CronJob\nmetadata: {name: a\n");
        Run run = Run.of("review", "-f", "missing.yaml", "-f", broken, "-f", file("fine.yaml", FINE));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("penstock: missing.yaml: no such file or folder")
                .contains("broken.yaml:3:1: not YAML: ");
        assertThat(run.out()).endsWith("1 pipeline: 0 denied, 0 warned of, 1 allowed; 2 files could not be read\n");
    }

    /** As {@code kubectl apply -R -f} says it of a link; a pipe would have it wait. */
    @Test
    void whatCannotBeReadOfAFolderIsSaidAndTheRestIsReviewed() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        file("sub/fine.yaml", FINE);
        Files.createSymbolicLink(folder.resolve("gone.yaml"), Path.of("moved.yaml"));
        Files.createSymbolicLink(folder.resolve("loop.yaml"), Path.of("loop.yaml"));
        Files.createSymbolicLink(folder.resolve("notes.txt"), Path.of("moved.txt"));
        Files.createSymbolicLink(folder.resolve("sub.yaml"), Path.of("sub"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createSymbolicLink(folder.resolve("water.yaml"), Path.of("pipe.yaml"));
        Run run = Run.of("review", "-f", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().replace(folder.toString(), "DIR").lines())
                .containsExactlyInAnyOrder(
                        "penstock: DIR/gone.yaml: no such file or folder",
                        "penstock: DIR/loop.yaml: cannot be read: Too many levels of symbolic links"
                                + " or unable to access attributes of symbolic link",
                        "penstock: DIR/pipe.yaml: is no file",
                        "penstock: DIR/sub.yaml: is no file",
                        "penstock: DIR/water.yaml: is no file");
        assertThat(run.out()).endsWith("1 pipeline: 0 denied, 0 warned of, 1 allowed; 5 files could not be read\n");
    }

    /** By what Java says of one: for root no folder is closed. */
    @Test
    void aFolderThatIsClosedIsSaidAndTheRestIsLookedAt() {
        ManifestFolder manifests = new ManifestFolder();
        Path closed = folder.resolve("./closed");
        assertThat(manifests.new Visitor().visitFileFailed(closed, new AccessDeniedException(closed.toString())))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThat(manifests.unread())
                .extracting(Unread::toString)
                .containsExactly(folder.resolve("closed") + ": cannot be read: permission denied");
    }

    @Test
    void readsJsonWithTabs() throws Exception {
        String json = "{\n\t\"apiVersion\": \"batch/v1\",\n\t\"kind\": \"CronJob\",\n\t\"metadata\": {\"name\": \"a\","
                + " \"labels\": {\"penstock.dev/pipeline\": \"nowhere\"}}\n}";
        Run run = Run.of("review", "-o", "json", "-f", file("a.json", json));
        JsonNode finding = new ObjectMapper().readTree(run.out()).at("/pipelines/0/findings/0");
        assertThat(finding.path("rule").asText()).isEqualTo("profile");
        assertThat(finding.path("line").asInt()).isEqualTo(4);
    }

    @Test
    void aFieldOfTheWrongTypeIsDeniedInASentence() throws Exception {
        Run run = Run.of(
                "review", "-o", "json", "-f", file("a.yaml", FINE.replace("schedule: 0 1 * * *", "schedule: {}")));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(new ObjectMapper()
                        .readTree(run.out())
                        .at("/pipelines/0/error")
                        .asText())
                .isEqualTo("spec.schedule: must be a string, but is an object");
    }

    /** Without the line itself: it may hold a secret, and nobody has looked. */
    @Test
    void aFieldOfTheWrongTypeIsDeniedWhereItStands() throws Exception {
        String wrong = file("a.yaml", FINE.replace("schedule: 0 1 * * *", "schedule: 5"));
        assertThat(Run.of("review", "-f", wrong).out().replaceAll("\\s+", " "))
                .contains(
                        "a.yaml:6:13: error: spec.schedule: must be a string, but is a number: put it in quotes 1 pipeline");
        assertThat(Run.of("review", "-o", "github", "-f", wrong).out()).contains(",line=6,col=13,endColumn=14,");
        assertThat(Run.of("review", "-o", "junit", "-f", wrong).out()).contains("a.yaml:6:13: error: spec.schedule: ");
    }

    @Test
    void aFieldThatNoRuleReadsIsOfItsTypeToo() throws Exception {
        Run run = Run.of(
                "review", "-f", file("a.yaml", FINE.replace("labels: {", "annotations: {build: 17}, labels: {")));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s+", " ")).contains("metadata.annotations[build]: must be a string");
    }

    /** As charts render a value that is not set. */
    @Test
    void anEmptyTextIsLeftOutWhereKubernetesHasADefault() throws Exception {
        Run run = Run.of("review", "-o", "yaml", "--fail-on", "warn", "-f", file("a.yaml", """
                        apiVersion: batch/v1
                        kind: CronJob
                        metadata: {name: a, namespace: ml, labels: {penstock.dev/pipeline: default}}
                        spec:
                          schedule: 0 1 * * *
                          concurrencyPolicy: ""
                          jobTemplate:
                            spec:
                              activeDeadlineSeconds: 60
                              template:
                                spec:
                                  restartPolicy: ""
                                  containers: [{name: a, image: "a:1", imagePullPolicy: "", args: [x], terminationMessagePolicy: "",
                                    ports: [{containerPort: 80, protocol: ""}]}]
                        """));
        assertThat(run.err() + run.exitCode()).isEqualTo("0");
        assertThat(run.out()).contains("restartPolicy: OnFailure");
    }

    @Test
    void failsOnWarningsWhereItIsTold() throws Exception {
        String file = file("a.yaml", FINE.replace("a:1", "a:latest"));
        assertThat(Run.of("review", "-f", file).exitCode()).isZero();
        assertThat(Run.of("review", "--fail-on", "warn", "-f", file).exitCode()).isEqualTo(1);
    }

    @Test
    void aPolicyThatCannotBeUsedIsSaidAndNothingIsReviewed() throws Exception {
        String policy = file("policy.yaml", """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: a}
                spec: {rules: {nonsense: {}}}
                """);
        Run run = Run.of("review", "--policy", policy, "-f", file("fine.yaml", FINE));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("policy.yaml cannot be used").contains("nonsense");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aDayThatIsNoneIsSaid() throws Exception {
        Run run = Run.of("review", "--now", "soon", "-f", file("fine.yaml", FINE));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("penstock: --now: must be a date such as 2027-03-31");
    }

    @Test
    void saysWhatItLeavesOutOfTheManifests() throws Exception {
        Run run = Run.of("review", "-o", "yaml", "-f", file("churn.yaml", MOVING), "-f", file("fine.yaml", FINE));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("name: fine").doesNotContain("churn");
        assertThat(run.err().replace(folder.toString(), "DIR"))
                .startsWith("ml/churn (DIR/churn.yaml:2): denied\n  DIR/churn.yaml:6:13: error: spec.schedule\n")
                .contains("never fires within 5 years")
                .doesNotContain("fine");
    }

    @Test
    void writesWhatIsFilledInAsADiff() throws Exception {
        Run run = Run.of("review", "-o", "yaml", "--diff", "-f", file("fine.yaml", FINE));
        assertThat(run.out().replace(folder.toString(), "DIR"))
                .startsWith("""
                --- DIR/fine.yaml ml/fine
                +++ DIR/fine.yaml ml/fine (as it would be stored)
                """)
                .contains("\n+          restartPolicy: OnFailure\n", "\n   schedule: 0 1 * * *\n")
                .doesNotContain("\n-  ");
        assertThat(Run.of("review", "--diff", "-f", "fine.yaml").err())
                .startsWith("penstock: --diff: is for -o yaml\n");
    }

    @Test
    void reviewsAsIfTheLabelNamedAProfile() throws Exception {
        Run run = Run.of("review", "-o", "json", "--profile", "training", "-f", file("fine.yaml", FINE));
        JsonNode pipeline = new ObjectMapper().readTree(run.out()).at("/pipelines/0");
        assertThat(pipeline.path("profile").asText()).isEqualTo("training");
        assertThat(pipeline.at("/findings/0/rule").asText()).isEqualTo("profile");
    }

    @Test
    void hasColoursWhereTheyAreAskedFor() throws Exception {
        String file = file("churn.yaml", MOVING);
        assertThat(Run.of("review", "--color", "always", "-f", file).out()).contains("\033[1;31mdenied\033[0m\n");
        assertThat(Run.of("review", "--color", "never", "-f", file).out()).doesNotContain("\033");
    }

    @Test
    void ofALongLineShowsWhatIsAroundThePlace() throws Exception {
        String args = "args: [" + "run, ".repeat(60) + "run], image: 'a:latest'";
        Run run = Run.of("review", "-f", file("fine.yaml", FINE.replace("image: \"a:1\", args: [run]", args)));
        assertThat(run.out().lines())
                .anyMatch(line -> line.contains(" | ") && line.contains("image: 'a:latest'"))
                .filteredOn(line -> line.contains(" | "))
                .isNotEmpty()
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void aTerminalDoesNotObeyWhatAManifestHolds() throws Exception {
        String odd = MOVING.replace("name: churn", "name: \"a\\e[2J\\u202Eb\\nc\"");
        Run run = Run.of("review", "--color", "never", "-f", file("a.yaml", odd));
        assertThat(run.out()).startsWith("ml/a\uFFFD[2J\uFFFDb\uFFFDc (").doesNotContain("\033", "\u202E");
    }

    @Test
    void hasRoomInEightyColumns() {
        String[] mistakes = {"several", "untagged-image", "nameless-container", "unknown-profile"};
        for (String mistake : mistakes) {
            Run run = Run.of("review", "-f", "samples/mistakes/" + mistake + ".yaml");
            assertThat(run.out().lines()).isNotEmpty().allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void saysThatThereIsNothingToReview() {
        assertThat(Run.of("review").err())
                .startsWith("penstock: Missing required option: '--filename=FILE|DIR|-', or --from-cluster");
    }

    @Test
    void namesThePoliciesThatApplyTheFirstWordFirst() throws Exception {
        String policies = file("policies.yaml", """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: a-late-one}
                ---
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: first}
                spec: {priority: 1, profiles: {nightly: {defaults: {spec: {suspend: true}}}}}
                ---
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: elsewhere}
                spec: {namespaceSelector: {matchLabels: {team: none}}}
                ---
                apiVersion: penstock.dev/v1alpha1
                kind: PipelineDefaults
                metadata: {name: no-policy, namespace: ml}
                """);
        String nightly = file("nightly.yaml", FINE.replace("pipeline: default", "pipeline: nightly"));
        Run run = Run.of("review", "-o", "json", "--policy", policies, "-f", nightly);
        assertThat(new ObjectMapper().readTree(run.out()).at("/pipelines/0/policy"))
                .extracting(JsonNode::asText)
                .containsExactly("first", "a-late-one", "built-in");
    }

    @Test
    void theReportGoesToAFileAndTheSummaryToThePerson() throws Exception {
        Path report = folder.resolve("report.txt");
        String file = file("a.yaml", FINE.replace("name: fine", "name: fine, annotations: {note: größer}"));
        String shown = Run.of("review", "-o", "yaml", "-f", file).out();
        Run run = Run.of("review", "-o", "yaml", "--output-file", report.toString(), "-f", file);
        assertThat(run).isEqualTo(new Run(0, "", "1 pipeline: 0 denied, 0 warned of, 1 allowed\n"));
        assertThat(report).hasContent(shown).content().contains("größer");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aDenialIsOneWhereverTheReportGoes() throws Exception {
        String report = folder.resolve("report.txt").toString();
        assertThat(Run.of("review", "--output-file", report, "-f", file("a.yaml", MOVING))
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidInASentence() throws Exception {
        Path missing = folder.resolve("missing/report.txt");
        Run run = Run.of("review", "--output-file", missing.toString(), "-f", file("fine.yaml", FINE));
        assertThat(run)
                .isEqualTo(new Run(
                        2,
                        "",
                        "penstock: --output-file: " + missing + " cannot be written: there is no such folder\n"));
    }

    @Test
    void whatIsNoFileIsNotReplaced() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Run run = Run.of("review", "--output-file", empty.toString(), "-f", file("fine.yaml", FINE));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).endsWith("/empty cannot be written: Is a directory\n");
        assertThat(empty).isDirectory();
    }

    @Test
    void aReportReplacesWhatALinkNamesAndNotTheLink() throws Exception {
        Path report = Files.writeString(folder.resolve("report.txt"), "of yesterday");
        Path link = Files.createSymbolicLink(folder.resolve("latest.txt"), report.getFileName());
        Run.of("review", "--output-file", link.toString(), "-f", file("fine.yaml", FINE));
        assertThat(link).isSymbolicLink();
        assertThat(report).content().contains("ml/fine");
    }

    @Test
    void aReportHasThePermissionsOfTheOneThatItReplaces() throws Exception {
        Path report = Files.writeString(folder.resolve("report.txt"), "of yesterday");
        Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rw-------");
        Files.setPosixFilePermissions(report, mine);
        Run.of("review", "--output-file", report.toString(), "-f", file("fine.yaml", FINE));
        assertThat(Files.getPosixFilePermissions(report)).isEqualTo(mine);
        assertThat(report).content().contains("ml/fine");
    }

    @Test
    void aNewReportHasThePermissionsOfAnyNewFile() throws Exception {
        Path report = folder.resolve("report.txt");
        Run.of("review", "--output-file", report.toString(), "-f", file("fine.yaml", FINE));
        assertThat(Files.getPosixFilePermissions(report))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(folder.resolve("new"))));
    }

    @Test
    void aReportLeavesOtherFilesAlone() throws Exception {
        Path other = Files.writeString(folder.resolve("report.txt.part"), "mine");
        Run.of("review", "--output-file", folder.resolve("report.txt").toString(), "-f", file("fine.yaml", FINE));
        assertThat(other).hasContent("mine");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("report.txt", "report.txt.part", "fine.yaml");
    }

    @Test
    void aReportGoesWhereALinkLeadsThatLedNowhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("latest.txt"), Path.of("report.txt"));
        Run.of("review", "--output-file", link.toString(), "-f", file("fine.yaml", FINE));
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("report.txt")).content().contains("ml/fine");
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
