package dev.penstock.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyFile;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import dev.penstock.rules.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of the rules is complete, and its examples are refused with the messages that it shows. */
class RulesPageTest {
    private static final String PAGE = read("docs/rules.md");
    private static final Pattern README_ROW =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| .* \\| (Deny|Warn|Audit|Ignore) \\|$");
    private static final String KNOWN = "known are: ";

    static List<RuleSection> sections() {
        return RuleSection.of(PAGE);
    }

    static Stream<RuleSection.Example> examples() {
        return sections().stream().flatMap(section -> section.examples().stream());
    }

    @Test
    void hasASectionForEachRuleInTheOrderOfTheReadme() {
        List<MatchResult> rows = README_ROW.matcher(read("README.md")).results().toList();
        assertThat(sections())
                .extracting(RuleSection::id)
                .containsExactlyInAnyOrderElementsOf(Rules.ids())
                .containsExactlyElementsOf(
                        rows.stream().map(row -> row.group(1)).toList());
        assertThat(rows).allSatisfy(row -> assertThat(row.group(2)).isEqualTo(builtInAction(row.group(1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sections")
    void namesTheActionAndEachParameter(RuleSection section) throws Exception {
        assertThat(section.builtInAction()).isEqualTo(builtInAction(section.id()));
        assertThat(section.parameters()).containsExactlyElementsOf(parameters(section.id()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sections")
    void showsAnExampleThatIsRefused(RuleSection section) {
        assertThat(section.examples()).isNotEmpty();
        assertThat(section.text()).contains("To mend it, ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void saysWhatIsSaid(RuleSection.Example example) throws Exception {
        Verdict verdict = review(example);
        List<Finding> findings = verdict.findings().stream()
                .filter(finding -> finding.rule().equals(example.rule()))
                .toList();
        assertThat(findings.stream().map(RulesPageTest::line).collect(Collectors.joining()))
                .isEqualTo(example.message());
        boolean refused = !example.message().isEmpty() && !example.message().startsWith("Warning: ");
        assertThat(findings.stream().anyMatch(finding -> finding.action() == Action.DENY))
                .isEqualTo(refused);
    }

    private static String line(Finding finding) {
        String warning = finding.action() == Action.WARN ? "Warning: " : "";
        return warning + finding.path() + ": " + finding.message() + "\n";
    }

    private static Verdict review(RuleSection.Example example) throws InvalidPolicyException {
        ObjectNode base = Yaml.object(RuleSection.blocks(PAGE).get(0).text());
        ObjectNode object = base.deepCopy();
        lay(Yaml.object(example.manifest()), object);
        Reviewer reviewer = Reviewer.of(policy(example.policy()));
        if (Yaml.object(example.manifest())
                .at("/metadata/labels/penstock.dev~1pipeline")
                .isNull()) {
            Review review = new Review(object, base, "ml", new Review.File(), Case.NOW);
            return example.rule().equals("labelRequired") ? reviewer.requireLabel(review) : reviewer.validate(review);
        }
        return reviewer.validate(new Review(object, null, "ml", new Review.File(), Case.NOW));
    }

    /** As a merge patch does: RFC 7386. */
    private static void lay(ObjectNode patch, ObjectNode target) {
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            if (member.getValue().isNull()) {
                target.remove(member.getKey());
            } else if (member.getValue() instanceof ObjectNode object) {
                lay(object, target.withObjectProperty(member.getKey()));
            } else {
                target.set(member.getKey(), member.getValue());
            }
        }
    }

    private static String builtInAction(String rule) {
        return Objects.requireNonNull(PolicyFile.builtIn().rules().get(rule))
                .path("action")
                .asText();
    }

    /** What the rule knows, as it says of a key that it does not. */
    private static List<String> parameters(String rule) throws InvalidPolicyException {
        PipelinePolicy policy = policy("{rules: {" + rule + ": {action: Deny, unheardOf: 1}}}");
        String problem = catchThrowableOfType(InvalidPolicyException.class, () -> Reviewer.of(policy))
                .problems()
                .get(0)
                .message();
        String known = problem.substring(problem.indexOf(KNOWN) + KNOWN.length());
        return Stream.of(known.split(", ", -1))
                .filter(key -> !key.equals("action"))
                .toList();
    }

    private static PipelinePolicy policy(String spec) throws InvalidPolicyException {
        ObjectNode document =
                Yaml.object("{apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: docs}}");
        document.set("spec", Yaml.tree(spec));
        return PipelinePolicy.read(document);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
