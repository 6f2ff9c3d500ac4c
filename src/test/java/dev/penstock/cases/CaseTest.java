package dev.penstock.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.review.Review;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Rules;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case through the reviewer, as the command line would run it. {@code -Dcases.write=true} rewrites what is expected. */
class CaseTest {
    private static final boolean WRITE = Boolean.getBoolean("cases.write");

    // The model keeps what it does not know; here that is an error.
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    static List<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void comesOutAsExpected(Case story) throws Exception {
        Review review = story.review();
        Verdict verdict = story.reviewer().review(review);
        Path expected = story.folder().resolve("expected.yaml");
        if (WRITE) {
            Files.writeString(story.outcome(), Outcome.of(verdict).text());
            Files.deleteIfExists(expected);
            if (!verdict.isDenied()) {
                Files.writeString(expected, Case.YAML.writeValueAsString(review.object()));
            }
        }
        assertThat(Outcome.of(verdict).text()).isEqualTo(Case.text(story.outcome()));
        assertThat(Files.exists(expected)).isEqualTo(!verdict.isDenied());
        if (!verdict.isDenied()) {
            assertThat((JsonNode) review.object()).isEqualTo(Case.read(expected));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isACronJobByTheTypedModel(Case story) throws Exception {
        if (story.expected().isPresent()) {
            CronJob cronJob = STRICT.treeToValue(Case.read(story.expected().get()), CronJob.class);
            assertThat(cronJob.getSpec()
                            .getJobTemplate()
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void opensWithWhatIsSpecial(Case story) throws Exception {
        assertThat(Files.readAllLines(story.input()).get(0)).startsWith("# ");
    }

    @Test
    void showsEachRulePassAndFail() {
        // labelRequired hangs on a namespace's label, of which cases know none: LabelRequiredTest has both.
        for (String rule :
                Rules.ids().stream().filter(id -> !id.equals("labelRequired")).toList()) {
            assertThat(mentions("(rule " + rule + ")"))
                    .as("cases of rule %s: one that draws a finding and one that draws none", rule)
                    .contains(true, false);
        }
    }

    private static List<Boolean> mentions(String text) {
        return Case.all().stream()
                .map(story -> Case.text(story.outcome()).contains(text))
                .distinct()
                .toList();
    }
}
