package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the packaged {@code penstock review} says of a manifest.
 *
 * @param pipeline as {@code docs/review.schema.json} has it
 */
record OfflineReview(JsonNode pipeline) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<List<String>, List<OfflineReview>> KNOWN = new ConcurrentHashMap<>();

    /** Of every pipeline of a file or folder, in order. Asked again, it tells what it told the first time. */
    static List<OfflineReview> of(Path manifests, Optional<Path> policies, Optional<Path> old) {
        List<String> command = new ArrayList<>(List.of("review", "-o", "json", "-f", manifests.toString()));
        policies.ifPresent(file -> command.addAll(List.of("--policy", file.toString())));
        old.ifPresent(file -> command.addAll(List.of("--old", file.toString())));
        return KNOWN.computeIfAbsent(command, OfflineReview::run);
    }

    private static List<OfflineReview> run(List<String> arguments) {
        try {
            Path folder = Files.createTempDirectory("penstock");
            List<String> command = new ArrayList<>(WebhookProcess.program(folder));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command).start();
            JsonNode report = JSON.readTree(process.getInputStream());
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as(errors)
                    .isEqualTo(report.at("/summary/denied").asInt() == 0 ? 0 : 1);
            Files.delete(folder);
            List<OfflineReview> reviews = new ArrayList<>();
            report.path("pipelines").forEach(pipeline -> reviews.add(new OfflineReview(pipeline)));
            return reviews;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String name() {
        return pipeline.path("name").asText();
    }

    /** In which it stands. */
    String file() {
        return pipeline.path("file").asText();
    }

    boolean isAllowed() {
        return pipeline.path("verdict").asText().equals("allowed");
    }

    /** As it would be stored. */
    JsonNode object() {
        return pipeline.path("object");
    }

    /** The findings that deny it: {@code KIND FIELD: MESSAGE}. */
    List<String> denials() {
        return findings("Deny")
                .map(finding -> finding.path("kind").asText() + " " + sentence(finding))
                .toList();
    }

    /** What its author is told beside: {@code FIELD: MESSAGE} of a finding, {@code FIELD MESSAGE} of a notice. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (JsonNode notice : pipeline.path("notices")) {
            warnings.add(
                    notice.path("field").asText() + " " + notice.path("message").asText());
        }
        findings("Warn").map(OfflineReview::sentence).forEach(warnings::add);
        return warnings;
    }

    /** The findings that are for the audit log alone: {@code FIELD: MESSAGE [policy NAME]}. */
    List<String> audited() {
        return findings("Audit")
                .map(finding ->
                        sentence(finding) + " [policy " + finding.path("policy").asText() + "]")
                .toList();
    }

    /** Where the values come from that it fills in, sorted, each as often as there are such values. */
    List<String> sources() {
        List<String> sources = new ArrayList<>();
        pipeline.path("changes")
                .forEach(change -> sources.add(change.path("source").asText()));
        return sources.stream().sorted().toList();
    }

    private Stream<JsonNode> findings(String action) {
        List<JsonNode> findings = new ArrayList<>();
        pipeline.path("findings").forEach(findings::add);
        return findings.stream()
                .filter(finding -> finding.path("action").asText().equals(action));
    }

    private static String sentence(JsonNode finding) {
        String field = finding.path("field").asText();
        String message = finding.path("message").asText();
        return field.isEmpty() ? message : field + ": " + message;
    }
}
