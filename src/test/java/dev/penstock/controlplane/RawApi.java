package dev.penstock.controlplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The API server by plain HTTP, as an administrator: what is sent is the caller's to the last byte, and nothing is known of the
 * objects. Paths are relative to the server, as {@code /apis/batch/v1/namespaces/default/cronjobs}.
 */
public final class RawApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT_SECONDS = 30;
    // RFC 7234: code, agent, and the text in quotes.
    private static final Pattern WARNING = Pattern.compile("299 \\S+ \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private final KubernetesClient client;

    RawApi(KubernetesClient client) {
        this.client = client;
    }

    /** What came back. */
    public record Answer(int status, JsonNode body, List<String> warnings) {
        public boolean succeeded() {
            return status >= 200 && status < 300;
        }
    }

    /** How a PATCH is meant. */
    public enum Patch {
        MERGE("application/merge-patch+json"),
        STRATEGIC("application/strategic-merge-patch+json"),
        JSON("application/json-patch+json"),
        /** Server-side apply; the path says who applies, as {@code ?fieldManager=ci}. */
        APPLY("application/apply-patch+yaml");

        private final String contentType;

        Patch(String contentType) {
            this.contentType = contentType;
        }
    }

    public Answer get(String path) {
        return send(request(path));
    }

    /** @param object as YAML or JSON */
    public Answer post(String path, String object) {
        return send(request(path).method("POST", "application/yaml", object));
    }

    /** @param object as YAML or JSON */
    public Answer put(String path, String object) {
        return send(request(path).method("PUT", "application/yaml", object));
    }

    public Answer patch(String path, Patch kind, String patch) {
        return send(request(path).method("PATCH", kind.contentType, patch));
    }

    public Answer delete(String path) {
        return send(request(path).method("DELETE", "application/json", "{}"));
    }

    private HttpRequest.Builder request(String path) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceAll("/$", "") + path);
    }

    private Answer send(HttpRequest.Builder request) {
        HttpClient http = client.getHttpClient();
        HttpResponse<String> response = http.sendAsync(request.build(), String.class)
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
        return new Answer(
                response.code(),
                parse(response.body()),
                response.headers("Warning").stream().map(RawApi::text).toList());
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API server answers: " + body, e);
        }
    }

    private static String text(String header) {
        // The API server sends UTF-8, which HTTP clients read as Latin-1.
        String read = new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        Matcher warning = WARNING.matcher(read);
        return warning.matches() ? ESCAPED.matcher(warning.group(1)).replaceAll("$1") : read;
    }

    @Override
    public void close() {
        client.close();
    }
}
