package dev.penstock.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples, and the reviews that stand in for an API server where there is none. */
class SampleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Sample> samples() {
        return Sample.all();
    }

    @Test
    void areAllShown() {
        assertThat(samples()).extracting(Sample::file).containsExactlyInAnyOrderElementsOf(Sample.allFiles());
    }

    @Test
    void areAllRecordedAndNothingElseIs() {
        assertThat(samples()).extracting(Sample::recording).containsExactlyInAnyOrderElementsOf(Sample.allRecordings());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void openWithWhatIsSpecial(Sample sample) {
        assertThat(sample.special()).isNotBlank();
        assertThat(sample.special().length()).isLessThanOrEqualTo(Screen.WIDTH);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void areAsTheyWereRecorded(Sample sample) throws IOException {
        assertThat(lastApplied(sample)).isEqualTo(sample.tree());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void areMistakesExactlyWhereSomethingIsSaid(Sample sample) throws Exception {
        ObjectNode object = (ObjectNode) object(sample);
        Verdict verdict =
                Reviewer.of().review(new Review(object, null, "default", new Review.Request(""), Instant.EPOCH));

        assertThat(verdict.isDenied())
                .isEqualTo(sample.isMistake() && !sample.file().endsWith("untagged-image.yaml"));
        assertThat(verdict.findings().isEmpty())
                .isEqualTo(!sample.isMistake() && !sample.file().endsWith("original.yaml"));
    }

    private static JsonNode object(Sample sample) throws IOException {
        return JSON.readTree(sample.recording().toFile()).path("request").path("object");
    }

    /** kubectl writes into the object what it was given, with the namespace and an empty map of annotations added. */
    private static JsonNode lastApplied(Sample sample) throws IOException {
        String annotation = object(sample)
                .path("metadata")
                .path("annotations")
                .path("kubectl.kubernetes.io/last-applied-configuration")
                .asText();
        ObjectNode applied = (ObjectNode) JSON.readTree(annotation);
        ObjectNode metadata = (ObjectNode) applied.path("metadata");
        metadata.remove("namespace");
        if (metadata.path("annotations").isEmpty()) {
            metadata.remove("annotations");
        }
        return applied;
    }
}
