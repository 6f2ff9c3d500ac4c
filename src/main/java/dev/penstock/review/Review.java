package dev.penstock.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be reviewed.
 *
 * @param object the CronJob as it was sent; a review of defaults writes into it
 * @param old the CronJob that it replaces; null when it is created
 * @param namespace where it is or will be
 * @param now the time of the review
 */
public record Review(ObjectNode object, @Nullable ObjectNode old, String namespace, Instant now) {
    Optional<ObjectNode> replaced() {
        return Optional.ofNullable(old);
    }
}
