package dev.penstock.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.RecordedReview;
import dev.penstock.controlplane.RecordedWebhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The webhook alone. It is sent what a real API server sent when the samples were recorded, over the same TLS. */
final class RecordedReviews implements Stage {
    /** The version of Kubernetes whose reviews are kept. */
    static final String RECORDED_FROM = "1.37.2";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RecordedWebhook webhook;
    private final String reason;

    /** @param reason why there is no API server */
    RecordedReviews(RecordedWebhook webhook, String reason) {
        this.webhook = webhook;
        this.reason = reason;
    }

    @Override
    public String description() {
        return "No API server (" + reason + "): the webhook is sent what kube-apiserver " + RECORDED_FROM
                + " sent for these samples.";
    }

    @Override
    public Outcome apply(Sample sample) {
        RecordedReview mutated = webhook.recorder().send("/mutate", recording(sample));
        List<RecordedReview> reviews = new ArrayList<>(List.of(mutated));
        if (mutated.isAllowed()) {
            reviews.add(webhook.recorder().send("/validate", mutated.asReinvocation()));
        }
        List<String> lines = new ArrayList<>();
        boolean allowed = true;
        for (RecordedReview review : reviews) {
            review.warnings().forEach(warning -> lines.add("Warning: " + warning));
            allowed = review.isAllowed();
            if (!allowed) {
                lines.addAll(denial(review));
            }
        }
        if (allowed) {
            lines.add("allowed");
        }
        return new Outcome(
                "The webhook's answer to the recorded review (there is no kubectl here):",
                lines,
                mutated.object(),
                allowed ? Optional.of(mutated.patched()) : Optional.empty());
    }

    private static ObjectNode recording(Sample sample) {
        try {
            return (ObjectNode) JSON.readTree(sample.recording().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> denial(RecordedReview review) {
        List<String> lines = new ArrayList<>(List.of("denied:"));
        for (JsonNode cause : review.response().path("status").path("details").path("causes")) {
            lines.add("* " + cause.path("field").asText() + ": "
                    + cause.path("message").asText());
        }
        return lines;
    }

    @Override
    public String storedTitle() {
        return "What the API server would store";
    }

    @Override
    public List<String> invitation() {
        return List.of();
    }

    @Override
    public void close() {
        webhook.close();
    }
}
