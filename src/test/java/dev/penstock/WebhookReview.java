package dev.penstock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.controlplane.RecordedReview;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the webhook said of one object.
 *
 * @param calls of {@code /mutate} and {@code /validate}, in order
 */
record WebhookReview(List<RecordedReview> calls) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the object of this name, or whose name begins so where it is generated. */
    static WebhookReview of(String name, List<RecordedReview> calls) {
        return new WebhookReview(calls.stream().filter(call -> isOf(name, call)).toList());
    }

    private static boolean isOf(String name, RecordedReview call) {
        JsonNode metadata = call.object().path("metadata");
        return metadata.path("name").asText().equals(name)
                || metadata.path("generateName").asText().equals(name);
    }

    /** Whether it was asked, and said yes each time. */
    boolean isAllowed() {
        return !calls.isEmpty() && calls.stream().allMatch(RecordedReview::isAllowed);
    }

    /** The causes of the denial: {@code REASON FIELD: MESSAGE}. */
    List<String> denials() {
        List<String> denials = new ArrayList<>();
        for (RecordedReview call : calls) {
            for (JsonNode cause : call.response().at("/status/details/causes")) {
                String field = cause.path("field").asText();
                String message = cause.path("message").asText();
                denials.add(cause.path("reason").asText() + " " + (field.isEmpty() ? message : field + ": " + message));
            }
        }
        return denials;
    }

    /** What kubectl shows, each once. */
    List<String> warnings() {
        return calls.stream()
                .map(RecordedReview::warnings)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** The findings in the audit log, as both calls have them; empty where there are none. */
    String audited() {
        return auditAnnotations("findings").findFirst().orElse("");
    }

    /** Where the values came from that it filled in, sorted; as the audit log has it. */
    List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        JSON.readTree(defaulted()).forEach(source -> sources.add(source.asText()));
        return sources.stream().sorted().toList();
    }

    /** Which field came from where; as the audit log has it. */
    String defaulted() {
        return auditAnnotations("defaulted").findFirst().orElse("{}");
    }

    private Stream<String> auditAnnotations(String key) {
        return calls.stream()
                .map(call -> call.response().path("auditAnnotations"))
                .filter(annotations -> annotations.has(key))
                .map(annotations -> annotations.path(key).asText());
    }
}
