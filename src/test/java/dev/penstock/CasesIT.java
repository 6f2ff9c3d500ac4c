package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.cases.Case;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.RecordedReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case through kubectl and a real API server, with either kind of apply; its policies are custom resources there. */
@EachControlPlane
class CasesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String CUT = "…";
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
        usePolicyOf(story);
        List<String> command = new ArrayList<>(isGenerated(story) ? List.of("create", "-f", "-") : apply);
        if (story.old().isPresent()) {
            String old = Files.readString(story.old().get());
            webhook.switchedOff(() -> kubectl.mustRun(command, old));
        }
        command.addAll(List.of("-o", "json"));

        Kubectl.Result result = kubectl.run(command, Files.readString(story.input()));

        List<String> expected = story.outcomeLines();
        assertThat(result.succeeded())
                .as(result.stderr())
                .isEqualTo(expected.get(0).equals("allowed"));
        assertDenials(expected, result);
        assertWarnings(expected, result);
        if (story.expected().isPresent()) {
            JsonNode stored = JSON.readTree(result.stdout());
            assertThat(missing("", Case.read(story.expected().get()), stored)).isEmpty();
        }
    }

    private void usePolicyOf(Case story) {
        if (policy(story).equals(policy)) {
            return;
        }
        policy = policy(story);
        deletePolicies();
        webhook.awaitInForce("the built-in policy alone");
        if (!policy.isEmpty()) {
            List<JsonNode> documents = documents(policy);
            kubectl.mustRun(List.of("apply", "-f", "-"), policy);
            String words = documents.size() == 1
                    ? documents.get(0).path("kind").asText() + " "
                            + documents.get(0).at("/metadata/name").asText()
                    : documents.size() + " policies and defaults";
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
        List<String> warnings = webhook.recorder().recorded().stream()
                .map(RecordedReview::warnings)
                .flatMap(List::stream)
                .distinct()
                .toList();
        assertThat(result.warnings()).containsAll(warnings);

        List<String> sentences = Stream.of(tails(expected, "Warn "), tails(expected, "Note "))
                .flatMap(List::stream)
                .toList();
        assertThat(warnings).hasSameSizeAs(sentences);
        for (String sentence : sentences) {
            assertThat(warnings).anyMatch(warning -> says(warning, sentence));
        }
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

    /** A warning is cut where it is long, and its path shortened: what it says of the field is what counts. */
    private static boolean says(String warning, String sentence) {
        String said = afterPath(undated(warning));
        String meant = afterPath(sentence);
        int cut = said.indexOf(CUT);
        return cut < 0
                ? said.equals(meant)
                : meant.startsWith(said.substring(0, cut)) && meant.endsWith(said.substring(cut + CUT.length()));
    }

    private static String afterPath(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    /** What the tree lacks of the expected one: it may hold more, as the API server fills in. */
    private static List<String> missing(String path, JsonNode expected, JsonNode actual) {
        List<String> missing = new ArrayList<>();
        if (expected instanceof ObjectNode object && (actual.isObject() || object.isEmpty())) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                missing.addAll(missing(path + "." + member.getKey(), member.getValue(), actual.path(member.getKey())));
            }
        } else if (expected.isArray() && actual.size() == expected.size()) {
            for (int i = 0; i < expected.size(); i++) {
                missing.addAll(missing(path + "[" + i + "]", expected.path(i), actual.path(i)));
            }
        } else if (!expected.isNull()
                && !(expected.isValueNode()
                        && actual.isValueNode()
                        && expected.asText().equals(actual.asText()))) {
            missing.add(path + ": expected " + expected + " but was " + actual);
        }
        return missing;
    }
}
