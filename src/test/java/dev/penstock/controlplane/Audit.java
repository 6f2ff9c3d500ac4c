package dev.penstock.controlplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An API server's own record of who asked it for what: a line of JSON, an {@code audit.k8s.io/v1 Event}, for each request.
 *
 * @param folder of its files
 */
record Audit(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    // A watch is in the record when it begins: it has no end. The API server's own requests would only make it long.
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
              - level: None
                userGroups: ["system:masters"]
              - level: Metadata
            """;

    /** What makes kube-apiserver keep it. */
    Map<String, String> flags() {
        return Map.of("--audit-policy-file", policy().toString(), "--audit-log-path", log().toString());
    }

    /** Before kube-apiserver starts. */
    void prepare() throws IOException {
        Files.writeString(policy(), POLICY);
    }

    /** All that are whole so far. */
    List<JsonNode> events() {
        try {
            String text = Files.exists(log()) ? Files.readString(log()) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(Audit::event)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode event(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API server writes: " + line, e);
        }
    }

    private Path policy() {
        return folder.resolve("audit-policy.yaml");
    }

    private Path log() {
        return folder.resolve("audit.log");
    }
}
