package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
