package dev.penstock.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.rules.PipelineLabel;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of a cluster's pipelines.
 *
 * @param pipelines each as JSON, to be {@link #parse read} when its turn comes: as trees, all would take many times the memory
 * @param next what to ask for next; {@link #FIRST} where there is no more
 */
record PipelinePage(List<byte[]> pipelines, String next) {
    static final String FIRST = "";
    static final long SIZE = 500;
    private static final String PATH =
            "apis/batch/v1/cronjobs?labelSelector=" + encoded(PipelineLabel.KEY) + "&limit=" + SIZE;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Asks the API server.
     *
     * @param from {@link #next} of the page before
     * @return empty where the time was over first
     * @throws ClusterException where it gives none
     */
    static Optional<PipelinePage> get(KubernetesClient client, String from, Duration limit) {
        String server = client.getConfiguration().getMasterUrl();
        String path = from.isEmpty() ? PATH : PATH + "&continue=" + encoded(from);
        HttpClient http = client.getHttpClient();
        HttpRequest request = http.newHttpRequestBuilder()
                .uri((server.endsWith("/") ? server : server + "/") + path)
                .header("Accept-Encoding", "gzip") // much less to decrypt: pipelines are much alike
                .build();
        try {
            HttpResponse<byte[]> response = http.sendAsync(request, byte[].class)
                    .<@Nullable HttpResponse<byte[]>>thenApply(answer -> answer)
                    .completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
            if (response == null) {
                return Optional.empty();
            }
            if (!response.isSuccessful()) {
                throw new IOException("the API server answers " + response.code() + " to " + path);
            }
            boolean zipped = "gzip".equals(response.header("Content-Encoding"));
            return Optional.of(of(zipped ? unzipped(response.body()) : response.body()));
        } catch (CompletionException | IOException e) {
            throw ClusterException.unread("cronjobs", client, e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] unzipped(byte[] body) throws IOException {
        try (GZIPInputStream zipped = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return zipped.readAllBytes();
        }
    }

    /** @param list a CronJobList as JSON */
    static PipelinePage of(byte[] list) throws IOException {
        List<byte[]> pipelines = new ArrayList<>();
        String next = "";
        try (JsonParser json = JSON.createParser(list)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                JsonToken value = json.nextToken();
                if (member.equals("metadata")) {
                    next = json.<JsonNode>readValueAsTree().path("continue").asText("");
                } else if (member.equals("items") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        int begin = (int) json.currentTokenLocation().getByteOffset();
                        json.skipChildren();
                        pipelines.add(Arrays.copyOfRange(
                                list, begin, (int) json.currentLocation().getByteOffset()));
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
        return new PipelinePage(pipelines, next);
    }

    /** @throws ClusterException where it is no JSON */
    static ObjectNode parse(byte[] pipeline) {
        try {
            return JSON.readValue(pipeline, ObjectNode.class);
        } catch (IOException e) {
            throw new ClusterException("the API server answers no JSON", e);
        }
    }
}
