package dev.penstock.controlplane;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between API server and webhook: passes every review on, and keeps those of pipelines with their answers. */
public final class ReviewRecorder implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String POLICIES = "/policies";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "review recorder");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client;
    private final List<RecordedReview> recorded = new ArrayList<>();
    private Optional<URI> webhook = Optional.empty();

    private ReviewRecorder(HttpsServer server, ServerCertificate certificate) {
        this.server = server;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(certificate.sslContext())
                .build();
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts one that lets everything pass as if no webhook were there.
     *
     * @param certificate its own, and the webhook's
     */
    public static ReviewRecorder start(ServerCertificate certificate) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certificate.sslContext()));
            return new ReviewRecorder(server, certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to register instead of the webhook's endpoint. */
    public URI endpoint() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on reviews are the webhook's to answer. */
    public synchronized void forwardTo(WebhookProcess process) {
        webhook = Optional.of(process.endpoint());
    }

    /** From now on everything is allowed as it is, and not recorded. */
    public synchronized void letPass() {
        webhook = Optional.empty();
    }

    /** Every review since the last {@link #forget}, in the order of their answers. */
    public synchronized List<RecordedReview> recorded() {
        return List.copyOf(recorded);
    }

    public synchronized void forget() {
        recorded.clear();
    }

    /** Sends the webhook a review of the caller's own. It is not recorded. */
    public RecordedReview send(String path, ObjectNode review) {
        try {
            HttpResponse<byte[]> answer = forward(path, JSON.writeValueAsBytes(review));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answers " + answer.statusCode() + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return recorded(path, review, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized URI webhook() {
        return webhook.orElseThrow(() -> new IllegalStateException("no webhook to forward to"));
    }

    private synchronized boolean letsPass() {
        return webhook.isEmpty();
    }

    private synchronized void record(RecordedReview review) {
        recorded.add(review);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            if (letsPass()) {
                respond(exchange, 200, allowed(request));
                return;
            }
            passOn(exchange, request);
        }
    }

    private void passOn(HttpExchange exchange, byte[] request) throws IOException {
        HttpResponse<byte[]> answer;
        try {
            answer = forward(exchange.getRequestURI().toString(), request);
        } catch (IOException e) {
            // kubectl shows it, where a broken connection would only be an end of file.
            respond(exchange, 502, ("cannot reach the webhook: " + e).getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (answer.statusCode() == 200 && !exchange.getRequestURI().getPath().equals(POLICIES)) {
            record(recorded(exchange.getRequestURI().getPath(), (ObjectNode) JSON.readTree(request), answer.body()));
        }
        respond(exchange, answer.statusCode(), answer.body());
    }

    private static RecordedReview recorded(String path, ObjectNode review, byte[] answer) throws IOException {
        return new RecordedReview(path, review, (ObjectNode) JSON.readTree(answer));
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] allowed(byte[] request) throws IOException {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        review.putObject("response")
                .put("uid", JSON.readTree(request).path("request").path("uid").asText())
                .put("allowed", true);
        return JSON.writeValueAsBytes(review);
    }

    private HttpResponse<byte[]> forward(String path, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(webhook().resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
