package dev.penstock.review;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cron.HashedSchedule;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.MergeKeys;
import dev.penstock.manifest.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for what an author wrote and finds no longer, other than by one of the reasons there are. */
final class Kept {
    private static final String SCHEDULE = "/spec/schedule";
    private static final String POD_SPEC = "/spec/jobTemplate/spec/template/spec/";
    private static final String CONTAINER = POD_SPEC + "(initContainers|containers)/[0-9]+/";
    private static final List<JsonNode> NOTHING = List.of(Yaml.tree("''"), Yaml.tree("[]"));

    private final RandomReview review;
    private final ObjectNode after;
    private final List<String> lost = new ArrayList<>();

    private Kept(RandomReview review, ObjectNode after) {
        this.review = review;
        this.after = after;
    }

    /** {@code path: before -> after} of each value that is lost or changed without a reason. */
    static List<String> lost(RandomReview review, ObjectNode after) {
        Kept kept = new Kept(review, after);
        kept.look(JsonPointer.empty());
        return kept.lost;
    }

    private void look(JsonPointer path) {
        JsonNode written = review.written().at(path);
        JsonNode now = after.at(path);
        if (written.isObject() && now.isObject()) {
            written.fieldNames().forEachRemaining(name -> look(path.appendProperty(name)));
        } else if (written.isArray() && now.isArray() && hasKey(path)) {
            // New elements stand behind the author's.
            for (int i = 0; i < written.size(); i++) {
                look(path.appendIndex(i));
            }
        } else if (!written.equals(now) && !mayChange(path, written, now)) {
            lost.add(path + ": " + written + " -> " + now);
        }
    }

    private static boolean hasKey(JsonPointer path) {
        return MergeKeys.of(path.last().getMatchingProperty()).isPresent();
    }

    private boolean mayChange(JsonPointer path, JsonNode written, JsonNode now) {
        return written.isNull()
                || isNoDecision(path.toString(), written)
                || isCompleted(path.toString(), written, now)
                || (!review.proven() && ApiServer.isDefault(review.written(), path));
    }

    private static boolean isNoDecision(String path, JsonNode written) {
        return (NOTHING.contains(written) && path.matches(SCHEDULE + "|" + CONTAINER + "(image|args)"))
                || (path.equals(POD_SPEC + "restartPolicy")
                        && written.isTextual()
                        && written.asText().matches("|Always"));
    }

    private boolean isCompleted(String path, JsonNode written, JsonNode now) {
        if (path.equals(SCHEDULE)) {
            return HashedSchedule.isHashed(written.asText()) && !HashedSchedule.isHashed(now.asText());
        }
        Optional<ImageReference> untagged =
                ImageReference.parse(written.asText()).filter(ImageReference::isUntagged);
        return path.matches(CONTAINER + "image")
                && untagged.isPresent()
                && now.asText().equals(review.completed(written.asText()));
    }
}
