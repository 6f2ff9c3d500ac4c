package dev.penstock.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.policy.CronJobModel;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that is to be reviewed, once or by several policies.
 *
 * @param old what it would replace; null where it is new
 * @param namespace where it would be, or is
 * @param stands whether it stands in a cluster: it is then checked as it is, and not filled in once more
 */
record Reviewable(ManifestFile.Entry manifest, @Nullable ObjectNode old, String namespace, boolean stands) {
    Reviewed review(Reviewer reviewer, Instant now) {
        ObjectNode object = manifest.object().deepCopy();
        Review review = stands
                ? new Review(object, null, namespace, new Review.Request(""), now)
                : new Review(object, old, namespace, new Review.File(), now);
        try {
            if (!stands) { // else the API server has looked
                CronJobModel.checkTypes(Field.of(object));
            }
            Verdict verdict = stands ? reviewer.validate(review) : reviewer.review(review);
            return new Reviewed(manifest, object, namespace, verdict, Optional.empty());
        } catch (WrongTypeException e) {
            Diagnostic broken = Diagnostic.wrongType(e, manifest.place(e.path().pointer()));
            return new Reviewed(manifest, manifest.object(), namespace, Verdict.NOTHING, Optional.of(broken));
        }
    }
}
