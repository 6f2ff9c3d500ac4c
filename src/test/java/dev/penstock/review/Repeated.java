package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reviews that are made again of what they made. */
public final class Repeated {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Repeated() {}

    /**
     * What becomes of an object that is sent; empty where it is denied. Its patch makes the same of it, and another review of
     * the outcome, as a new object and as an update of itself, changes nothing.
     *
     * @throws AssertionError where that is not so
     */
    public static Optional<ObjectNode> mutated(Reviewer reviewer, ObjectNode sent) {
        ObjectNode object = sent.deepCopy();
        Verdict verdict = mutate(reviewer, object, null);
        if (verdict.isDenied()) {
            return Optional.empty();
        }
        assertThat(JsonPatch.apply(verdict.patch(), sent)).isEqualTo(object);
        assertUnchanged(reviewer, object, null);
        assertUnchanged(reviewer, object, object.deepCopy());
        return Optional.of(object);
    }

    private static void assertUnchanged(Reviewer reviewer, ObjectNode object, @Nullable ObjectNode old) {
        ObjectNode again = object.deepCopy();
        Verdict verdict = mutate(reviewer, again, old);
        assertThat(verdict.isDenied()).as("after %s", object).isFalse();
        assertThat(verdict.patch()).as("after %s", object).isEmpty();
        assertThat((JsonNode) again).isEqualTo(object);
    }

    private static Verdict mutate(Reviewer reviewer, ObjectNode object, @Nullable ObjectNode old) {
        return reviewer.mutate(new Review(object, old, "ml", new Review.Request("kubectl"), NOW));
    }

    /** What the API server is told of an object that is stored as it is. */
    public static Verdict validated(Reviewer reviewer, ObjectNode object) {
        return reviewer.validate(new Review(object, null, "ml", new Review.Request("kubectl"), NOW));
    }
}
