package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import dev.penstock.review.Repeated;
import dev.penstock.review.Reviewer;
import dev.penstock.rules.Rules;
import dev.penstock.yaml.UnreadableException;
import dev.penstock.yaml.YamlDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text of a policy, it is refused, or defaults are laid by it once and for all. */
class PolicyFuzzTest {
    private static final List<ObjectNode> PIPELINES = Stream.of(
                    "minimal", "own-container", "steps", "hashed-schedule", "resources-well")
            .map(Case::named)
            .map(Case::input)
            .map(Case::read)
            .toList();

    static Stream<byte[]> policies() {
        return Case.all().stream().flatMap(story -> story.policyFile().stream()).map(PolicyFuzzTest::bytes);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("policies")
    @FuzzTest(maxDuration = "1m")
    void isRefusedOrLaidOnceAndForAll(byte[] yaml) throws IOException {
        List<YamlDocument> documents;
        try {
            documents = PolicyFile.documents(new ByteArrayInputStream(yaml));
        } catch (UnreadableException e) {
            return;
        }
        documents.forEach(PolicyFuzzTest::lay);
    }

    private static void lay(YamlDocument yaml) {
        PolicyDocument document;
        try {
            document = PolicyDocument.read(yaml.value(), Rules::problems);
        } catch (InvalidPolicyException e) {
            e.problems()
                    .forEach(problem -> assertThat(
                                    PolicyPlaces.of(yaml, problem.path()).isKnown())
                            .isTrue());
            return;
        }
        Reviewer reviewer = reviewer(document);
        for (ObjectNode pipeline : PIPELINES) {
            Repeated.mutated(reviewer, pipeline).ifPresent(object -> Repeated.validated(reviewer, object));
        }
    }

    private static Reviewer reviewer(PolicyDocument document) {
        try {
            return Reviewer.of(document);
        } catch (InvalidPolicyException e) {
            throw new AssertionError("a document that was accepted cannot be in force", e);
        }
    }
}
