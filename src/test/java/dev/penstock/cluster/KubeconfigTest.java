package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {
    private static final String FILE = "kubeconfig"; // the system property, before the environment's variable
    private static final String GOOD = """
            apiVersion: v1
            kind: Config
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a}}]
            clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: a, user: {token: secret}}]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(FILE);
    }

    @Test
    void isThatOfTheCurrentContext() throws Exception {
        write(GOOD);
        assertThat(Kubeconfig.current().getMasterUrl()).isEqualTo("https://127.0.0.1:1/");
    }

    @Test
    void goesThroughItsProxy() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + proxy.getLocalPort();
            write(GOOD.replace("{server:", "{proxy-url: \"http://me:secret@" + address + "\", server:"));
            Config config = Kubeconfig.current();
            config.setRequestRetryBackoffLimit(0);
            CompletableFuture<List<String>> asked = CompletableFuture.supplyAsync(() -> head(proxy));
            try (KubernetesClient client = ApiClient.of(config, new VertxHttpClientFactory())) {
                assertThatExceptionOfType(ClusterException.class)
                        .isThrownBy(() -> PipelinePage.get(client, PipelinePage.FIRST, Duration.ofSeconds(30)))
                        .withMessageStartingWith("cannot read cronjobs of the cluster at https://127.0.0.1:1/"
                                + " through the proxy http://" + address + ": ");
            }
            assertThat(asked.join())
                    .startsWith("CONNECT 127.0.0.1:1 HTTP/1.1")
                    .anySatisfy(line -> assertThat(line)
                            .isEqualToIgnoringCase("Proxy-Authorization: Basic bWU6c2VjcmV0")); // me:secret
        }
    }

    /** What the client sends first; then the connection ends. */
    private static List<String> head(ServerSocket server) {
        try (Socket socket = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            return in.lines().takeWhile(line -> !line.isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As kubectl writes it where there are none, and as one may be written by hand. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "[{user: {token: secret}}]"})
    void needsNoUser(String users) throws Exception {
        write(GOOD.replace("[{name: a, user: {token: secret}}]", users));
        assertThat(Kubeconfig.current().getMasterUrl()).isEqualTo("https://127.0.0.1:1/");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no such context | current-context: a | current-context: zzz | FILE has no context zzz
        no context      | current-context: a | preferences: {}      | FILE names no current context
        no such cluster | {cluster: a        | {cluster: b          | FILE has no cluster b, which the context a names
        no such plugin  | {token: secret}    | {exec: {apiVersion: client.authentication.k8s.io/v1, command: /none, interactiveMode: Never}} | FILE: the user a is shown by /none, which gives no token and no certificate
        a server name   | {server:           | {tls-server-name: api, server: | FILE: the cluster a has a tls-server-name, which cannot be gone by
        a proxy by TLS  | {server:           | {proxy-url: "https://proxy:3128", server: | FILE: proxy-url of the cluster a names no proxy that can be asked: http://HOST:PORT, or socks5://HOST:PORT
        no YAML         | current-context: a | current-context: [   | FILE is not YAML, or no kubeconfig
        """)
    void saysWhatIsWrong(String story, String text, String wrong, String message) throws Exception {
        Path file = write(GOOD.replace(text, wrong));
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(Kubeconfig::current)
                .withMessage("the kubeconfig " + message.replace("FILE", file.toString()));
    }

    @Test
    void saysThatThereIsNone() {
        Path missing = folder.resolve("missing");
        System.setProperty(FILE, missing.toString());
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(Kubeconfig::current)
                .withMessage("there is no kubeconfig at " + missing);
    }

    private Path write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), text);
        System.setProperty(FILE, file.toString());
        return file;
    }
}
