package dev.penstock.review;

import dev.penstock.policy.PolicyDocument;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What reviews go by. Thread-safe. */
public interface InForce extends Supplier<Reviewer> {
    CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    /**
     * The reviewer for one review, which goes by it from beginning to end. Throws a {@code ClusterException} before all is
     * loaded.
     */
    @Override
    Reviewer get();

    /**
     * Makes sure that what applies to a namespace is known; done at once where it is. Fails with a {@code ClusterException} where
     * the API server does not tell.
     */
    default CompletionStage<Void> know(String namespace) {
        return DONE;
    }

    /** How each document stands that there is, in no order; none where there is the built-in policy alone. */
    default List<Standing> standings() {
        return List.of();
    }

    /** Whether all is loaded, so that there is a reviewer. */
    default boolean isReady() {
        return true;
    }

    /** Whether what changes is heard of; else what was known last stays in force. */
    default boolean isFollowed() {
        return true;
    }

    /**
     * What a document would change for the pipelines that are there, in lines for whoever tries it out. May take seconds. Throws
     * a {@code ClusterException} before all is loaded, and where the pipelines cannot be read.
     *
     * @return nothing where no pipelines are known
     */
    default List<String> preview(PolicyDocument document, Instant now) {
        return List.of();
    }
}
