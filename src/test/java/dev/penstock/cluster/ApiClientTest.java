package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.controlplane.ServerCertificate;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest {
    private static final Pattern BEAN = Pattern.compile("io\\.fabric8\\.kubernetes\\.api\\.model\\.\\w+");
    private static final Pattern MODEL = Pattern.compile("/(kubernetes-model-[a-z]+)-\\d");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a status    | ERROR | {"apiVersion":"v1","kind":"Status","code":410}                         | io.fabric8.kubernetes.api.model.Status
        a namespace | ADDED | {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}}         | io.fabric8.kubernetes.api.model.GenericKubernetesResource
        a CronJob   | ADDED | {"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"a"}}     | io.fabric8.kubernetes.api.model.GenericKubernetesResource
        """)
    void knowsAStatusAndNothingElse(String story, String type, String object, Class<?> expected) {
        try (KubernetesClient client = ApiClient.of(Config.empty(), new VertxHttpClientFactory())) {
            WatchEvent event = client.getKubernetesSerialization()
                    .unmarshal("{\"type\":\"" + type + "\",\"object\":" + object + "}", WatchEvent.class);
            assertThat(event.getObject()).isExactlyInstanceOf(expected);
        }
    }

    /** As OpenSSL writes it: its first line does not say that it is one of elliptic curves, or is about the curve. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"})
    void takesAKeyOfAnyKindThatKubectlTakes(String before, @TempDir Path folder) throws IOException {
        ServerCertificate pair = ServerCertificate.make(folder);
        assertThat(pair.key()).content().startsWith("-----BEGIN PRIVATE KEY-----");
        Path key = Files.writeString(folder.resolve("key.pem"), before + Files.readString(pair.key()));
        assertThatCode(() -> ApiClient.of(config(pair.certificate(), key), new VertxHttpClientFactory())
                        .close())
                .doesNotThrowAnyException();
    }

    @Test
    void saysWhyItCannotUseAKey(@TempDir Path folder) throws IOException {
        ServerCertificate pair = ServerCertificate.make(folder);
        ServerCertificate other = ServerCertificate.make(Files.createDirectory(folder.resolve("other")));
        Path garbled = Files.writeString(folder.resolve("garbled.key"), "garbled");
        assertRefused(pair.certificate(), other.key())
                .hasMessage("cannot ask the cluster at https://127.0.0.1:1/: the key is that of another certificate");
        assertRefused(pair.certificate(), garbled).hasMessageEndingWith(": no private key without a password");
        assertRefused(pair.certificate(), folder.resolve("none"))
                .hasMessageContaining(folder.resolve("none").toString());
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Path certificate, Path key) {
        return assertThatThrownBy(() -> ApiClient.of(config(certificate, key), new VertxHttpClientFactory()))
                .isInstanceOf(ClusterException.class);
    }

    private static Config config(Path certificate, Path key) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:1")
                .withClientCertFile(certificate.toString())
                .withClientKeyFile(key.toString())
                .build();
    }

    /** Else the native executable would read nothing into them, and on the JVM nobody would notice. */
    @Test
    void namesWhatItsClassesInheritAndHold() {
        Set<Class<?>> named = Set.of(
                ApiClient.class.getAnnotation(RegisterForReflection.class).targets());
        Set<String> names = named.stream().map(Class::getName).collect(Collectors.toSet());
        assertThat(named)
                .filteredOn(type -> names(type.getName()).findAny().isPresent())
                .hasSizeGreaterThan(20)
                .allSatisfy(type -> {
                    Stream<Type> parts = Stream.concat(
                            Stream.of(type.getSuperclass()),
                            Stream.of(type.getDeclaredFields()).map(Field::getGenericType));
                    assertThat(parts.flatMap(part -> names(part.getTypeName()))).isSubsetOf(names);
                });
    }

    private static Stream<String> names(String type) {
        return BEAN.matcher(type).results().map(MatchResult::group);
    }

    /** One that is new with another client would be registered for reflection as a whole, without a word. */
    @Test
    void noneOfItsModelIsSeenByQuarkus() throws Exception {
        Properties properties = new Properties();
        try (Reader file = new InputStreamReader(
                ApiClient.class.getResourceAsStream("/application.properties"), StandardCharsets.UTF_8)) {
            properties.load(file);
        }
        List<URL> indexes = Collections.list(ApiClient.class.getClassLoader().getResources("META-INF/jandex.idx"));
        Stream<String> models = indexes.stream()
                .flatMap(index -> MODEL.matcher(index.toString()).results())
                .map((MatchResult jar) -> jar.group(1));
        assertThat(models)
                .hasSizeGreaterThan(10)
                .allSatisfy(model -> assertThat(properties)
                        .containsEntry(
                                "quarkus.class-loading.removed-resources.\"io.fabric8:" + model + "\"",
                                "META-INF/jandex.idx"));
    }
}
