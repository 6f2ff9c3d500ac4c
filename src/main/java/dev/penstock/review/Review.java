package dev.penstock.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Intent;
import dev.penstock.rules.PipelineLabel;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be reviewed.
 *
 * @param object the CronJob as it was sent; a review of defaults writes into it
 * @param old the CronJob that it replaces; null when it is created
 * @param namespace where it is or will be
 * @param origin how it comes
 * @param now the time of the review
 */
public record Review(ObjectNode object, @Nullable ObjectNode old, String namespace, Origin origin, Instant now) {

    /** How an object comes to a review. */
    public sealed interface Origin {}

    /**
     * By an API server, which fills in defaults before it asks.
     *
     * @param fieldManager of the request; empty where it names none
     */
    public record Request(String fieldManager) implements Origin {}

    /** Straight from the author's file, which tells all that was written. */
    public record File() implements Origin {}

    Optional<Field> replaced() {
        return Optional.ofNullable(old).map(Field::of);
    }

    boolean replacesPipeline() {
        return replaced().filter(PipelineLabel::isOn).isPresent();
    }

    /** What the author of the object meant. */
    Intent intent() {
        Field cronJob = Field.of(object);
        Field replaced = replaced().orElse(null);
        return origin instanceof Request request
                ? Intent.of(cronJob, replaced, replacesPipeline(), request.fieldManager())
                : Intent.ofManifest(cronJob, replaced, replacesPipeline());
    }
}
