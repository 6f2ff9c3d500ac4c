package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.cases.Case;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case and every sample through kubectl and a real API server, with either kind of apply, as a dry run and for good,
 * and offline: all come out alike. Its policies are custom resources there.
 */
@EachControlPlane
class CasesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path SAMPLES = Path.of("samples");
    // Of the next change of the clocks: a webhook that runs has another day than the cases.
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    @Parameter
    ControlPlane controlPlane;

    private InstalledWebhook webhook;
    private Kubectl kubectl;
    private String policy = "";

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        webhook = InstalledWebhook.fromCluster(controlPlane);
        kubectl = controlPlane.kubectl();
        policy = "";
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        deletePolicies();
        webhook.close();
    }

    @AfterEach
    void everyReviewIsRepeatable() {
        kubectl.mustRun(List.of("delete", "cronjobs", "--all", "--wait=false"), "");
        assertThat(webhook.repeatReviews()).isEmpty();
    }

    /** Those with the same policy behind one another: another has to come into force first. */
    static Stream<Arguments> cases() {
        return Case.all().stream()
                .sorted(Comparator.comparing(CasesIT::policy))
                .flatMap(story -> Stream.of(
                        Arguments.of(story, List.of("apply", "-f", "-")),
                        Arguments.of(story, List.of("apply", "-f", "-", "--server-side"))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void comesOutAsExpected(Case story, List<String> apply) throws IOException {
        usePolicy(policy(story));
        List<String> command = new ArrayList<>(isGenerated(story) ? List.of("create", "-f", "-") : apply);
        if (story.old().isPresent()) {
            String old = Files.readString(story.old().get());
            webhook.switchedOff(() -> kubectl.mustRun(command, old));
        }
        command.addAll(List.of("-o", "json"));

        apply(story, with("--dry-run=server", command));
        webhook.recorder().forget();
        apply(story, command);
    }

    private static List<String> with(String option, List<String> command) {
        List<String> with = new ArrayList<>(command);
        with.add(option);
        return with;
    }

    private void apply(Case story, List<String> command) throws IOException {
        Kubectl.Result result = kubectl.run(command, Files.readString(story.input()));

        List<String> expected = story.outcomeLines();
        assertThat(result.succeeded())
                .as(result.stderr())
                .isEqualTo(expected.get(0).equals("allowed"));
        assertDenials(expected, result);
        assertWarnings(expected, result);
        OfflineReview offline =
                OfflineReview.of(story.input(), story.policyFile(), story.old()).get(0);
        Parity.assertSame(offline, recorded(offline));
        if (story.expected().isPresent()) {
            JsonNode stored = JSON.readTree(result.stdout());
            assertThat(Parity.missing(Case.read(story.expected().get()), stored))
                    .isEmpty();
            assertThat(Parity.missing(offline.object(), stored)).isEmpty();
        }
    }

    static Stream<Arguments> samples() {
        return Stream.of(Optional.<Path>empty(), Optional.of(SAMPLES.resolve("policies")))
                .flatMap(policies -> Stream.of(
                        Arguments.of(policies, List.of("apply")),
                        Arguments.of(policies, List.of("apply", "--server-side"))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void samplesComeOutAsOffline(Optional<Path> policies, List<String> apply) throws IOException {
        usePolicy(policies.isPresent() ? text(policies.get()) : "");
        List<OfflineReview> samples = OfflineReview.of(SAMPLES, policies, Optional.empty());
        for (boolean allowed : List.of(true, false)) {
            List<OfflineReview> alike = samples.stream()
                    .filter(sample -> sample.isAllowed() == allowed)
                    .toList();
            assertThat(alike).hasSizeGreaterThan(1); // of which kubectl writes a list
            List<String> command = new ArrayList<>(apply);
            command.addAll(List.of("-o", "json"));
            alike.forEach(sample -> command.addAll(List.of("-f", sample.file())));

            applySamples(alike, allowed, with("--dry-run=server", command));
            webhook.recorder().forget();
            applySamples(alike, allowed, command);
        }
    }

    private void applySamples(List<OfflineReview> samples, boolean allowed, List<String> command) throws IOException {
        Kubectl.Result result = kubectl.run(command, "");
        assertThat(result.succeeded()).as(result.stderr()).isEqualTo(allowed);
        for (int i = 0; i < samples.size(); i++) {
            OfflineReview sample = samples.get(i);
            Parity.assertSame(sample, recorded(sample));
            if (allowed) {
                JsonNode stored = JSON.readTree(result.stdout()).path("items").path(i);
                assertThat(Parity.missing(sample.object(), stored)).isEmpty();
            }
        }
    }

    /** An author's edit of a sample, as sed would write it. */
    private record Edit(String sample, String from, String to) {
        String text() throws IOException {
            String text = Files.readString(SAMPLES.resolve(sample));
            assertThat(text).contains(from);
            return text.replace(from, to);
        }
    }

    private static final List<Edit> EDITS = List.of(
            new Edit("minimal.yaml", "churn:1.4.2", "churn:1.5.0"),
            new Edit("minimal.yaml", "spec: {}", "spec: {schedule: 'H 5 * * 1-5'}"),
            new Edit("minimal.yaml", "spec: {}", "spec: {suspend: true, concurrencyPolicy: Allow}"),
            new Edit("minimal.yaml", "labels: {penstock.dev/pipeline: default}", "labels: {}"),
            new Edit("container.yaml", "task: train", "task: score"),
            new Edit("container.yaml", "  concurrencyPolicy: Forbid\n", ""),
            new Edit("container.yaml", "      backoffLimit: 2\n", ""),
            new Edit("container.yaml", "H 4 * * *", "30 4 * * *"),
            new Edit("container.yaml", "H 4 * * *", "0 0 31 2 *"),
            new Edit("container.yaml", "forecast:2.0.1", "forecast"),
            new Edit("original.yaml", "              args: [\"--task\", \"run-pipeline\"]\n", ""),
            new Edit("original.yaml", "pipeline:latest", "pipeline"),
            new Edit("original.yaml", "          restartPolicy: OnFailure\n", ""),
            new Edit("steps.yaml", "extract, train, evaluate", "extract, train"),
            new Edit("steps.yaml", "    penstock.dev/image.train: registry.example.com/recommend-train:3.1.0\n", ""));

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void editsComeOutAsOffline(Optional<Path> policies, List<String> apply, @TempDir Path folder) throws IOException {
        usePolicy(policies.isPresent() ? text(policies.get()) : "");
        Set<String> seen = new HashSet<>();
        for (OfflineReview sample : OfflineReview.of(SAMPLES, policies, Optional.empty())) {
            if (!sample.isAllowed()) {
                continue;
            }
            kubectl.mustRun(with("--filename=" + sample.file(), apply), "");
            Path stored = folder.resolve(sample.name() + ".yaml");
            Files.writeString(
                    stored,
                    kubectl.mustRun(List.of("get", "cronjob", sample.name(), "-o", "yaml"), "")
                            .stdout());
            for (Edit edit : EDITS) {
                if (sample.file().endsWith(edit.sample())) {
                    Path edited = folder.resolve("edited-" + seen.size() + "-" + edit.sample());
                    Files.writeString(edited, edit.text());
                    seen.add(edit.toString());
                    assertEdit(edited, policies, stored, apply);
                }
            }
        }
        assertThat(seen).hasSize(EDITS.size());
    }

    private void assertEdit(Path edited, Optional<Path> policies, Path stored, List<String> apply) throws IOException {
        webhook.recorder().forget();
        List<String> command = with("--dry-run=server", apply);
        command.addAll(List.of("-f", edited.toString(), "-o", "json"));
        Kubectl.Result result = kubectl.run(command, "");
        OfflineReview offline =
                OfflineReview.of(edited, policies, Optional.of(stored)).get(0);
        assertThat(result.succeeded()).as(result.stderr()).isEqualTo(offline.isAllowed());
        Parity.assertSame(offline, recorded(offline));
        if (offline.isAllowed()) {
            assertThat(Parity.missing(offline.object(), JSON.readTree(result.stdout())))
                    .isEmpty();
        }
    }

    private WebhookReview recorded(OfflineReview offline) {
        return WebhookReview.of(offline.name(), webhook.recorder().recorded());
    }

    private static String text(Path folder) throws IOException {
        List<String> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                documents.add(Files.readString(file));
            }
        }
        return String.join("---\n", documents);
    }

    private void usePolicy(String documents) {
        if (documents.equals(policy)) {
            return;
        }
        policy = documents;
        deletePolicies();
        webhook.awaitInForce("the built-in policy alone");
        if (!policy.isEmpty()) {
            List<JsonNode> parsed = documents(policy);
            kubectl.mustRun(List.of("apply", "-f", "-"), policy);
            String words = parsed.size() == 1
                    ? parsed.get(0).path("kind").asText() + " "
                            + parsed.get(0).at("/metadata/name").asText()
                    : parsed.size() + " policies and defaults";
            webhook.awaitInForce(words + " of the cluster, above the built-in policy");
        }
    }

    private void deletePolicies() {
        kubectl.mustRun(List.of("delete", "pipelinepolicies", "--all"), "");
        kubectl.mustRun(List.of("delete", "pipelinedefaults", "--all", "--all-namespaces"), "");
    }

    private static List<JsonNode> documents(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String policy(Case story) {
        Optional<Path> file = story.policyFile();
        try {
            return file.isPresent() ? Files.readString(file.get()) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing can be applied that has no name yet. */
    private static boolean isGenerated(Case story) {
        return Case.read(story.input()).path("metadata").has("generateName");
    }

    private static void assertDenials(List<String> expected, Kubectl.Result result) {
        List<String> denials = tails(expected, "Deny ");
        List<String> shown = result.stderr()
                .lines()
                .filter(line -> line.endsWith(")") && line.contains("(rule ") && !line.startsWith("Warning: "))
                .map(CasesIT::undated)
                .toList();
        assertThat(shown).as(result.stderr()).hasSameSizeAs(denials);
        for (String denial : denials) {
            assertThat(shown).as(result.stderr()).anyMatch(line -> line.endsWith(denial));
        }
    }

    /** kubectl shows what the webhook warned of, and that is what is expected, whichever of the two said it. */
    private void assertWarnings(List<String> expected, Kubectl.Result result) {
        List<String> warnings = new WebhookReview(webhook.recorder().recorded()).warnings();
        assertThat(result.warnings()).containsAll(warnings);
        Parity.assertWarnings(
                Stream.of(tails(expected, "Warn "), tails(expected, "Note "))
                        .flatMap(List::stream)
                        .toList(),
                warnings.stream().map(CasesIT::undated).toList());
    }

    private static List<String> tails(List<String> lines, String head) {
        return lines.stream()
                .filter(line -> line.startsWith(head))
                .map(line -> undated(line.substring(head.length())))
                .toList();
    }

    private static String undated(String line) {
        return DATE.matcher(line).replaceAll("YYYY-MM-DD");
    }
}
