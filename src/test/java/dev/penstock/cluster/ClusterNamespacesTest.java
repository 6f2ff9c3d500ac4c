package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.policy.NamespaceLabels;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for because no watch has brought it: here, there is none. */
class ClusterNamespacesTest {
    private static final Map<String, String> LABELS = Map.of("example.com/kind", "science");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean gone;
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final KubernetesClient client;
    private final ClusterNamespaces namespaces;

    ClusterNamespacesTest() throws IOException {
        server.createContext("/", this::answer);
        server.start();
        client = ApiClient.of(config(), new VertxHttpClientFactory());
        namespaces = new ClusterNamespaces(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void knowsWhatItAskedFor() {
        know("ml");
        assertThat(namespaces.of("ml")).isEqualTo(LABELS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ml?1", "ml#x", "ml/secrets/tls", "../../secrets?x=1", "%6dl", "ML", "ml "})
    void asksForNothingThatNoNamespaceIsCalled(String name) {
        know(name);
        assertThat(asked).isEmpty();
        assertThat(namespaces.of(name)).isEqualTo(NamespaceLabels.OF_THE_NAME.of(name));
    }

    /** As statuses count them. */
    @Test
    void hasNoNamesButThoseThatTheWatchBrought() {
        know("ml");
        assertThat(namespaces.names()).isEmpty();
    }

    @Test
    void forgetsWhatIsGoneBeforeTheWatchBroughtIt() {
        know("ml");
        gone = true;
        know("ml");
        assertThat(namespaces.of("ml")).isEqualTo(NamespaceLabels.OF_THE_NAME.of("ml"));
    }

    @Test
    void keepsNoMoreThanItsBoundOfWhatItAskedFor() {
        know("first");
        int atOnce = 50;
        for (int from = 0; from < ClusterNamespaces.MOST_ASKED; from += atOnce) {
            CompletableFuture.allOf(IntStream.range(from, from + atOnce)
                            .mapToObj(i -> namespaces.know("n" + i).toCompletableFuture())
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        assertThat(namespaces.of("first")).isEqualTo(NamespaceLabels.OF_THE_NAME.of("first"));
        assertThat(namespaces.of("n0")).isEqualTo(LABELS);
    }

    @Test
    void doesNotTellAnErrorOfOurOwnAsTheApiServers() {
        HttpClient.Factory full = new VertxHttpClientFactory() {
            @Override
            public HttpClient.Builder newBuilder(Config config) {
                return super.newBuilder(config).addOrReplaceInterceptor("full", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        throw new OutOfMemoryError("no heap");
                    }
                });
            }
        };
        try (KubernetesClient client = ApiClient.of(config(), full)) {
            Throwable failure = catchThrowable(() -> new ClusterNamespaces(client)
                    .know("ml")
                    .toCompletableFuture()
                    .join());
            assertThat(failure).hasRootCauseInstanceOf(OutOfMemoryError.class);
            assertThat(failure).hasCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    private void know(String name) {
        namespaces.know(name).toCompletableFuture().join();
    }

    private Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
    }

    /** Of whatever is asked for, the namespace that a path begins with. */
    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        String name = exchange.getRequestURI().getPath().replaceFirst("^/api/v1/namespaces/([^/]*).*", "$1");
        byte[] answer = (gone
                        ? "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404}"
                        : "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name
                                + "\",\"labels\":{\"example.com/kind\":\"science\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(gone ? 404 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
