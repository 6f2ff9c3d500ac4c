package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Notice;
import dev.penstock.manifest.Quantity;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.manifest.Yaml;
import dev.penstock.review.RandomReview.Outcome;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for every CronJob under every policy. */
class ReviewInvariantsTest {
    private static List<Outcome> outcomes = List.of();
    private static List<Outcome> allowed = List.of();

    @BeforeAll
    static void reviewManifestsByPolicies() throws Exception {
        outcomes = RandomReview.of(50, 40).stream().map(RandomReview::mutate).toList();
        allowed = outcomes.stream()
                .filter(outcome -> !outcome.verdict().isDenied())
                .toList();
    }

    @Test
    void patchMakesTheObjectOfWhatWasSent() {
        forEach(allowed, outcome -> {
            Verdict verdict = outcome.verdict();
            assertThat(JsonPatch.apply(verdict.patch(), outcome.review().sent()))
                    .isEqualTo(outcome.object());
            assertThat(verdict.patch().isEmpty() && !verdict.changes().isEmpty())
                    .isFalse();
        });
    }

    @Test
    void patchIsEmptyWhereTheObjectIsDenied() {
        forEach(outcomes, outcome -> {
            if (outcome.verdict().isDenied()) {
                assertThat(outcome.verdict().patch()).isEmpty();
                assertThat(outcome.verdict().changes()).isEmpty();
            }
        });
    }

    @Test
    void whatTheAuthorWroteIsKept() {
        forEach(
                allowed,
                outcome -> assertThat(Kept.lost(outcome.review(), outcome.object()))
                        .isEmpty());
    }

    @Test
    void aSecondReviewChangesNothing() {
        forEach(allowed, outcome -> {
            ObjectNode object = outcome.object();
            assertUnchanged(outcome.review().mutate(object, null), object);
            assertUnchanged(outcome.review().mutate(object, object), object);
        });
    }

    /** As a client sends it that read it: with the record. What an apply proved, a copy may lose. */
    @Test
    void ofACopyUnderTheSamePoliciesNothingIsTold() {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        List<Outcome> unproven =
                allowed.stream().filter(outcome -> !outcome.review().proven()).toList();
        forEach(unproven, outcome -> {
            ObjectNode copy = outcome.object().deepCopy();
            Ownership owners = Ownership.NONE.updated("kubectl", nothing, copy);
            copy.withObject("/metadata").set("managedFields", owners.managedFields());
            assertThat(outcome.review().mutate(copy, null).verdict().notices())
                    .filteredOn(notice -> notice.path().name().equals("penstock.dev/defaulted"))
                    .isEmpty();
        });
    }

    private static void assertUnchanged(Outcome again, ObjectNode object) {
        assertThat(again.verdict().patch()).as("after %s", object).isEmpty();
        assertThat(again.verdict().changes()).isEmpty();
        assertThat(again.verdict().notices())
                .extracting(Notice::path)
                .extracting(FieldPath::toString)
                .isSubsetOf("metadata.annotations[penstock.dev/image]", "metadata.annotations[penstock.dev/task]");
        assertThat((JsonNode) again.object()).isEqualTo(object);
    }

    @Test
    void thePoliciesStayAsTheyAre() throws Exception {
        List<RandomReview> reviews = RandomReview.of(50, 4);
        List<String> documents =
                reviews.stream().map(review -> review.documents().toString()).toList();
        reviews.forEach(review -> review.validate(review.mutate().object()));
        assertThat(reviews).map(review -> review.documents().toString()).isEqualTo(documents);
    }

    @Test
    void theOrderOfTheDocumentsDoesNotMatter() throws Exception {
        for (RandomReview review : RandomReview.of(50, 4)) {
            Outcome outcome = review.mutate();
            Outcome reordered = review.reordered().mutate();
            assertThat(reordered.verdict()).as("%s", review).isEqualTo(outcome.verdict());
            assertThat((JsonNode) reordered.object()).isEqualTo(outcome.object());
        }
    }

    @Test
    void aRequestStaysBelowItsLimit() {
        forEach(allowed, outcome -> {
            JsonNode before = Yaml.podSpec(outcome.review().written()).path("containers");
            JsonNode after = Yaml.podSpec(outcome.object()).path("containers");
            for (int i = 0; i < after.size(); i++) {
                assertBounded(before.path(i).path("resources"), after.path(i).path("resources"));
            }
        });
    }

    private static void assertBounded(JsonNode before, JsonNode after) {
        for (Map.Entry<String, JsonNode> request : after.path("requests").properties()) {
            String resource = request.getKey();
            if (holds(
                    before.path("requests").path(resource),
                    before.path("limits").path(resource))) {
                assertThat(holds(request.getValue(), after.path("limits").path(resource)))
                        .as("%s of %s", resource, after)
                        .isTrue();
            }
        }
    }

    private static boolean holds(JsonNode request, JsonNode limit) {
        Optional<Quantity> amount = Quantity.parse(request.asText());
        Optional<Quantity> bound = Quantity.parse(limit.asText());
        return amount.isEmpty() || bound.isEmpty() || amount.get().compareTo(bound.get()) <= 0;
    }

    @Test
    void aWrongTypeIsNamedOrPassesUntouched() {
        RandomManifests random = new RandomManifests(7, 0);
        int[] named = {0};
        forEach(outcomes, original -> {
            ObjectNode broken = original.review().sent().deepCopy();
            random.breakOne(broken);
            RandomReview review = original.review().with(broken);
            try {
                Outcome outcome = review.mutate();
                if (!outcome.verdict().isDenied()) {
                    assertThat(JsonPatch.apply(outcome.verdict().patch(), broken))
                            .isEqualTo(outcome.object());
                    if (sameEvidence(broken, original.review().sent())) {
                        assertThat(Kept.lost(review, outcome.object())).isEmpty();
                        assertUnchanged(review.mutate(outcome.object(), null), outcome.object());
                    }
                }
                review.validate(outcome.object());
            } catch (WrongTypeException e) {
                named[0]++;
                assertThat(e.sentence()).matches("[^\\n]+: must be .+, but is .+");
            }
        });
        assertThat(named[0]).isBetween(outcomes.size() / 20, outcomes.size() * 3 / 4);
    }

    /** Whether what tells of the author is as it was, and tells of containers that are there. */
    private static boolean sameEvidence(ObjectNode one, ObjectNode other) {
        return Stream.of(
                        "/metadata/managedFields",
                        "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration",
                        "/spec/jobTemplate/spec/template/spec/containers")
                .allMatch(path -> one.at(path).equals(other.at(path)));
    }

    @Test
    void enoughIsAllowedToProveAnything() {
        assertThat(allowed).hasSizeGreaterThan(outcomes.size() / 2);
        assertThat(allowed.stream()
                        .mapToInt(outcome -> outcome.verdict().changes().size())
                        .sum())
                .isGreaterThan(outcomes.size() * 5);
        assertThat(allowed.stream()
                        .mapToInt(outcome -> outcome.verdict().notices().size())
                        .sum())
                .isGreaterThan(outcomes.size() / 10);
    }

    private static void forEach(List<Outcome> outcomes, Consumer<Outcome> check) {
        for (Outcome outcome : outcomes) {
            try {
                check.accept(outcome);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(outcome.review().toString(), e);
            }
        }
    }
}
