package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Quantity;
import dev.penstock.review.RandomReview.Outcome;
import dev.penstock.rules.Notice;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for every CronJob under every policy. */
class ReviewInvariantsTest {
    private static List<RandomReview> reviews = List.of();

    @BeforeAll
    static void makeUpReviews() throws Exception {
        reviews = RandomReview.of(60, 50);
    }

    @Test
    void patchMakesTheObjectOfWhatWasSent() {
        forAllAllowed((review, outcome) -> {
            assertThat(JsonPatch.apply(outcome.verdict().patch(), review.sent()))
                    .isEqualTo(outcome.object());
            assertThat(outcome.verdict().patch().isEmpty())
                    .isEqualTo(outcome.verdict().changes().isEmpty());
        });
    }

    @Test
    void patchIsEmptyWhereTheObjectIsDenied() {
        forAll(review -> {
            Verdict verdict = review.mutate().verdict();
            if (verdict.isDenied()) {
                assertThat(verdict.patch()).isEmpty();
                assertThat(verdict.changes()).isEmpty();
            }
        });
    }

    @Test
    void whatTheAuthorWroteIsKept() {
        forAllAllowed((review, outcome) ->
                assertThat(Kept.lost(review, outcome.object())).isEmpty());
    }

    @Test
    void aSecondReviewChangesNothing() {
        forAllAllowed((review, outcome) -> {
            assertUnchanged(review.mutate(outcome.object(), null), outcome.object());
            assertUnchanged(review.mutate(outcome.object(), outcome.object()), outcome.object());
        });
    }

    private static void assertUnchanged(Outcome again, ObjectNode object) {
        assertThat(again.verdict().patch()).isEmpty();
        assertThat(again.verdict().changes()).isEmpty();
        assertThat(again.verdict().notices())
                .extracting(Notice::path)
                .allSatisfy(path -> assertThat(path).hasToString("metadata.annotations[penstock.dev/image]"));
        assertThat((JsonNode) again.object()).isEqualTo(object);
    }

    @Test
    void thePolicyStaysAsItIs() {
        forAll(review -> {
            JsonNode defaults = review.policy().defaults().deepCopy();
            review.validate(review.mutate().object());
            assertThat((JsonNode) review.policy().defaults()).isEqualTo(defaults);
        });
    }

    @Test
    void aRequestStaysBelowItsLimit() {
        forAllAllowed((review, outcome) -> {
            JsonNode before = Yaml.podSpec(review.written()).path("containers");
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
        forAll(original -> {
            ObjectNode broken = original.sent().deepCopy();
            random.breakOne(broken);
            RandomReview review = original.with(broken);
            try {
                Outcome outcome = review.mutate();
                if (!outcome.verdict().isDenied()) {
                    assertThat(JsonPatch.apply(outcome.verdict().patch(), broken))
                            .isEqualTo(outcome.object());
                    assertThat(Kept.lost(review, outcome.object())).isEmpty();
                    assertUnchanged(review.mutate(outcome.object(), null), outcome.object());
                }
                review.validate(outcome.object());
            } catch (WrongTypeException e) {
                named[0]++;
                assertThat(e.sentence()).matches("[^\\n]+: must be .+, but is .+");
            }
        });
        assertThat(named[0]).isBetween(reviews.size() / 20, reviews.size() * 3 / 4);
    }

    @Test
    void enoughIsAllowedToProveAnything() {
        int[] count = {0, 0, 0};
        forAllAllowed((review, outcome) -> {
            count[0]++;
            count[1] += outcome.verdict().changes().size();
            count[2] += outcome.verdict().notices().size();
        });
        assertThat(count[0]).isGreaterThan(reviews.size() / 2);
        assertThat(count[1]).isGreaterThan(reviews.size() * 5);
        assertThat(count[2]).isGreaterThan(reviews.size() / 10);
    }

    @FunctionalInterface
    private interface Check {
        void run(RandomReview review, Outcome outcome);
    }

    private static void forAllAllowed(Check check) {
        forAll(review -> {
            Outcome outcome = review.mutate();
            if (!outcome.verdict().isDenied()) {
                check.run(review, outcome);
            }
        });
    }

    private static void forAll(Consumer<RandomReview> check) {
        for (RandomReview review : reviews) {
            try {
                check.accept(review);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(review.toString(), e);
            }
        }
    }
}
