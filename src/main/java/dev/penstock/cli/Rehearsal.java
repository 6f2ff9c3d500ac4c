package dev.penstock.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.certificate.Names;
import dev.penstock.certificate.Pair;
import dev.penstock.certificate.Renewal;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Starts the program as in a cluster, has it review, and ends it: what a virtual machine is to remember of that is in the cache
 * from which the image on a JVM starts ({@code src/main/docker/Dockerfile.jvm}). It needs no cluster, no network and no fixed
 * port. A program of its own, which no command leads to, and which is not in the native executable.
 */
final class Rehearsal {
    private static final String HOST = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int PAUSE_MILLIS = 100;

    // samples/minimal.yaml: all has to be filled in.
    private static final String REVIEW = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
              "uid": "rehearsal", "operation": "CREATE", "namespace": "default", "name": "rehearsal", "dryRun": true,
              "kind": {"group": "batch", "version": "v1", "kind": "CronJob"},
              "resource": {"group": "batch", "version": "v1", "resource": "cronjobs"},
              "userInfo": {"username": "rehearsal"},
              "object": {"apiVersion": "batch/v1", "kind": "CronJob",
                "metadata": {"name": "rehearsal", "namespace": "default", "labels": {"penstock.dev/pipeline": "default"},
                  "annotations": {"penstock.dev/image": "registry.example.com/rehearsal:1.0.0"}},
                "spec": {}}}}
            """;

    private Rehearsal() {}

    /** @param command that runs {@code serve}, to which options are added */
    public static void main(String[] command) throws Exception {
        Path folder = Files.createTempDirectory("rehearsal");
        Pair pair =
                new Renewal(new Names(List.of(HOST)), Duration.ofDays(1), Duration.ofHours(1)).makeshift(Instant.now());
        Path certificate = Files.writeString(folder.resolve("tls.crt"), pair.certificatePem());
        Path key = Files.writeString(folder.resolve("tls.key"), pair.keyPem());
        HttpServer cluster = startCluster();
        Path kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"), kubeconfig(cluster.getAddress().getPort()));
        int port = freePort();
        int managementPort = freePort();
        List<String> serve = new ArrayList<>(List.of(command));
        serve.addAll(List.of("--from-cluster", "--port=" + port, "--management-port=" + managementPort));
        serve.addAll(List.of("--tls-cert=" + certificate, "--tls-key=" + key));
        ProcessBuilder builder = new ProcessBuilder(serve).inheritIO();
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        Process server = builder.start();
        try {
            awaitReady(server, URI.create("http://" + HOST + ":" + managementPort + "/q/health/ready"));
            review(URI.create("https://" + HOST + ":" + port + "/mutate"), trust(pair));
            review(URI.create("https://" + HOST + ":" + port + "/validate"), trust(pair));
        } finally {
            server.destroy(); // tells it to end, when the virtual machine writes what it remembers
            server.waitFor();
            cluster.stop(0);
            for (Path file : List.of(certificate, key, kubeconfig, folder)) {
                Files.delete(file);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** An API server that holds nothing. */
    private static HttpServer startCluster() throws IOException {
        HttpServer cluster = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cluster.createContext("/", Rehearsal::answer);
        cluster.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        cluster.start();
        return cluster;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            exchange.sendResponseHeaders(200, -1); // no WebSockets here: the client then watches without
            exchange.close();
            return;
        }
        if (query.contains("watch=true")) {
            exchange.sendResponseHeaders(200, 0); // and no event, ever
            exchange.getResponseBody().flush();
            return;
        }
        byte[] nothing = """
                {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": "1"}, "items": []}
                """.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, nothing.length);
        exchange.getResponseBody().write(nothing);
        exchange.close();
    }

    private static String kubeconfig(int port) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: rehearsal, cluster: {server: "http://%s:%s"}}]
                contexts: [{name: rehearsal, context: {cluster: rehearsal, user: ""}}]
                current-context: rehearsal
                """.formatted(HOST, port);
    }

    private static SSLContext trust(Pair pair) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", pair.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void awaitReady(Process server, URI health) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!isReady(health)) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the program did not become ready");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean isReady(URI health) throws IOException {
        try {
            return ((HttpURLConnection) health.toURL().openConnection()).getResponseCode() == 200;
        } catch (ConnectException e) {
            return false; // not listening yet
        }
    }

    private static void review(URI uri, SSLContext trust) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
        connection.setSSLSocketFactory(trust.getSocketFactory());
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(REVIEW.getBytes(StandardCharsets.UTF_8));
        try (InputStream body = connection.getInputStream()) {
            String answer = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.contains("\"allowed\":")) {
                throw new IllegalStateException(uri + " answered " + answer);
            }
        }
    }
}
