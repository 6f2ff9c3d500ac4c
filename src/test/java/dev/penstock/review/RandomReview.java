package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicySet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest on its way to a policy.
 *
 * @param documents that apply to it
 * @param reviewer by these documents
 * @param written by its author
 * @param sent to the webhook
 * @param proven whether what is sent tells what was written
 */
record RandomReview(
        List<PolicyDocument> documents, Reviewer reviewer, ObjectNode written, ObjectNode sent, boolean proven) {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** As many for each policy: by turns as a file holds them, by a client without evidence, by both kinds of apply. */
    static List<RandomReview> of(int policies, int manifests) throws InvalidPolicyException {
        List<RandomReview> reviews = new ArrayList<>();
        RandomManifests random = new RandomManifests(42, 0.02);
        RandomPolicies randomPolicies = new RandomPolicies(43);
        for (int p = 0; p < policies; p++) {
            List<PolicyDocument> documents = randomPolicies.next();
            Reviewer reviewer = reviewer(documents);
            for (int m = 0; m < manifests; m++) {
                ObjectNode written = pipeline(random);
                ObjectNode sent = switch (m % 4) {
                    case 0 -> written;
                    case 1 -> ApiServer.filled(written);
                    case 2 -> ApiServer.appliedByClient(written);
                    default -> ApiServer.appliedByServer(written);
                };
                reviews.add(new RandomReview(documents, reviewer, written, sent, m % 4 > 1));
            }
        }
        return reviews;
    }

    static Reviewer reviewer(List<PolicyDocument> documents) throws InvalidPolicyException {
        return Reviewer.of(documents, NamespaceLabels.OF_THE_NAME);
    }

    private static ObjectNode pipeline(RandomManifests random) {
        ObjectNode cronJob = random.next();
        cronJob.withObject("/metadata")
                .put(random.oneOf("name", "generateName"), random.oneOf("churn", "churn-", "scoring"))
                .put("namespace", "ml")
                .withObject("/labels")
                .put("penstock.dev/pipeline", "default");
        if (random.coin()) {
            cronJob.withObject("/metadata/annotations")
                    .put("penstock.dev/image", random.oneOf("app:1", "app", "registry:5000/app:stable", "app:latest"))
                    .put("penstock.dev/task", random.oneOf("", "train"));
        }
        Yaml.podSpec(cronJob).path("containers").forEach(RandomReview::withoutTheUnknowable);
        return cronJob;
    }

    /**
     * Without evidence, IfNotPresent beside an untagged image is the author's; once the image has a tag that moves, it looks
     * like what the API server fills in. Only provenance can tell then.
     */
    private static void withoutTheUnknowable(JsonNode container) {
        boolean untagged = ImageReference.parse(container.path("image").asText(""))
                .filter(ImageReference::isUntagged)
                .isPresent();
        if (untagged && container.path("imagePullPolicy").asText().equals("IfNotPresent")) {
            ((ObjectNode) container).put("imagePullPolicy", "Never");
        }
    }

    /** Another manifest in its place, which tells nothing of its author. */
    RandomReview with(ObjectNode manifest) {
        return new RandomReview(documents, reviewer, manifest, manifest, false);
    }

    /** By the same documents in another order. */
    RandomReview reordered() throws InvalidPolicyException {
        List<PolicyDocument> reversed = new ArrayList<>(documents);
        Collections.reverse(reversed);
        return new RandomReview(reversed, reviewer(reversed), written, sent, proven);
    }

    /** The image with the tag that one without gets. */
    String completed(String image) {
        return PolicySet.of(documents).effective("ml", Map.of(), "").completed(image);
    }

    /** Fills in a copy of what was sent. */
    Outcome mutate() {
        return mutate(sent, null);
    }

    /** Fills in a copy of the object, sent in the place of the other. */
    Outcome mutate(ObjectNode sentNow, @Nullable ObjectNode old) {
        ObjectNode object = sentNow.deepCopy();
        return new Outcome(this, reviewer.mutate(new Review(object, old, "ml", new Review.Request(""), NOW)), object);
    }

    Verdict validate(ObjectNode object) {
        return reviewer.validate(new Review(object, sent, "ml", new Review.Request(""), NOW));
    }

    /** @param object what became of what was sent */
    record Outcome(RandomReview review, Verdict verdict, ObjectNode object) {}
}
