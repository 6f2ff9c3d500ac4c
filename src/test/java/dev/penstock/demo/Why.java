package dev.penstock.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Change;
import dev.penstock.manifest.FieldPath;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What Penstock wrote into an object, and why. It does not say so on the wire: this is its own engine, asked once more about
 * the object as it reached the webhook.
 */
final class Why {
    private static final String POD_SPEC = "spec.jobTemplate.spec.template.spec.";

    private final List<Change> changes;

    private Why(List<Change> changes) {
        this.changes = changes;
    }

    static Why of(ObjectNode sent) {
        try {
            String namespace = sent.path("metadata").path("namespace").asText();
            Review review = new Review(sent.deepCopy(), null, namespace, new Review.Request(""), Instant.now());
            List<Change> written = Reviewer.of().mutate(review).changes();
            return new Why(leaves(written));
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A container that was made is one change; each of its fields is a line to read. */
    private static List<Change> leaves(List<Change> written) {
        Set<FieldPath> paths = written.stream().map(Change::path).collect(Collectors.toSet());
        List<Change> leaves = new ArrayList<>();
        for (Change change : written) {
            leaves(change)
                    // What was written again later has a reason of its own.
                    .filter(leaf -> leaf.path().equals(change.path()) || !paths.contains(leaf.path()))
                    .forEach(leaves::add);
        }
        return leaves;
    }

    private static Stream<Change> leaves(Change change) {
        JsonNode value = change.value();
        FieldPath path = change.path();
        if (value.isObject()) {
            return value.properties().stream()
                    .flatMap(member -> leaves(with(change, path.member(member.getKey()), member.getValue())));
        }
        if (value.isArray() && value.path(0).isObject()) {
            return IntStream.range(0, value.size())
                    .boxed()
                    .flatMap(i -> leaves(with(change, path.element(i, ""), value.get(i))));
        }
        return Stream.of(change);
    }

    private static Change with(Change change, FieldPath path, JsonNode value) {
        return new Change(path, change.before(), value, change.reason());
    }

    /** The JSON pointers of the fields that were written. */
    Set<String> pointers() {
        return changes.stream().map(change -> change.path().pointer()).collect(Collectors.toSet());
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Field, value, reason. The long beginning of the fields of a pod is left out. */
    List<String> table(int width) {
        Table table = new Table(width);
        table.add("FIELD", "VALUE", "REASON");
        for (Change change : changes) {
            String field = change.path().toString();
            JsonNode value = change.value();
            table.add(
                    field.startsWith(POD_SPEC) ? "…" + field.substring(POD_SPEC.length()) : field,
                    value.isTextual() ? value.asText() : value.toString(),
                    change.reason().toString());
        }
        return table.lines();
    }
}
