package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What is wrong with the options is said before anything starts. */
class ServeCommandTest {
    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "no certificate",
                        "",
                        "Missing where the certificate is: --tls-cert and --tls-key, or --tls-secret"),
                Arguments.of("both ways", "--tls-secret a/b --tls-cert x --tls-key y", "one or from the other"),
                Arguments.of("a certificate without its key", "--tls-cert x", "neither is of use without the other"),
                Arguments.of("a key without its certificate", "--tls-key x", "neither is of use without the other"),
                Arguments.of(
                        "a file that is not there", "--tls-cert x --tls-key y", "--tls-cert: no file to read at x"),
                Arguments.of("a Secret without a namespace", "--tls-secret b", "must be NAMESPACE/NAME, but is b"),
                Arguments.of("no Secret's name", "--tls-secret a/b..c", "must be NAMESPACE/NAME, but is a/b..c"),
                Arguments.of(
                        "no duration",
                        "--tls-secret a/b --leaf-validity 7",
                        "must be a duration such as 12h or 365d, but is 7"),
                Arguments.of(
                        "a leaf too short",
                        "--tls-secret a/b --leaf-validity 4s",
                        "--leaf-validity: must be at least 5s"),
                Arguments.of(
                        "an authority too short", "--tls-secret a/b --ca-validity 20d", "must be at least three times"),
                Arguments.of(
                        "no address", "--tls-secret a/b --tls-name 1.2.3.256", "--tls-name: no address: 1.2.3.256"),
                Arguments.of(
                        "a name that no certificate can have",
                        "--tls-secret a/b --tls-name 127.0.0.1,bücher.example",
                        "--tls-name: must be an address or the name of a host in ASCII (xn--…), but is bücher.example"),
                Arguments.of(
                        "no Service's name",
                        "--tls-secret a/b --service-name Foo.Bar",
                        "--service-name: must be the name of a Service, but is Foo.Bar"),
                Arguments.of("no port", "--tls-secret a/b --port 0", "--port: must be from 1 to 65535, but is 0"),
                Arguments.of(
                        "a port beyond all",
                        "--tls-secret a/b --management-port 65536",
                        "--management-port: must be from 1 to 65535, but is 65536"),
                Arguments.of(
                        "two on one port",
                        "--tls-secret a/b --port 8443 --management-port 8443",
                        "--port and --management-port: each needs one of its own, but both are 8443"),
                Arguments.of(
                        "time that runs backwards",
                        "--tls-secret a/b --drain-seconds -3",
                        "--drain-seconds: must be 0 or more, but is -3"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void refuses(String story, String options, String sentence) {
        Run run = Run.of(("serve " + options).trim().split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(sentence);
    }

    @Test
    void refusesAKeyOfAnotherCertificate(@TempDir Path folder) throws IOException {
        ServerCertificate one = ServerCertificate.make(Files.createDirectory(folder.resolve("one")));
        ServerCertificate other = ServerCertificate.make(Files.createDirectory(folder.resolve("other")));
        Run run = Run.of(
                "serve",
                "--tls-cert",
                one.certificate().toString(),
                "--tls-key",
                other.key().toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("--tls-cert and --tls-key cannot be used: the key is that of another certificate");
    }

    /** Quarkus reads a file .env in the working directory, which would say something else than the line that tells it is ready. */
    @Test
    void decidesWhatIsLeftOutOrEmptyToo(@TempDir Path folder) {
        ServerCertificate pair = ServerCertificate.make(folder);
        CommandLine penstock = Main.commandLine("serve");
        penstock.parseArgs("serve", "--tls-secret=", "--tls-cert=" + pair.certificate(), "--tls-key=" + pair.key());
        assertThat(((ServeCommand)
                                Objects.requireNonNull(penstock.getSubcommands().get("serve"))
                                        .getCommand())
                        .own())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "penstock.policy", "",
                        "penstock.from-cluster", "false",
                        "penstock.tls-cert", pair.certificate().toString(),
                        "penstock.tls-key", pair.key().toString(),
                        "penstock.tls-secret", "",
                        "penstock.tls-names", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'a.example,', a.example",
        "'*.A_b.example,xn--bcher-kva.example,::1', '*.A_b.example,xn--bcher-kva.example,0:0:0:0:0:0:0:1'"
    })
    void takesNamesThatACertificateCanHave(String names, String taken) {
        CommandLine penstock = Main.commandLine("serve");
        penstock.parseArgs("serve", "--tls-secret=a/b", "--tls-name=" + names);
        assertThat(((ServeCommand)
                                Objects.requireNonNull(penstock.getSubcommands().get("serve"))
                                        .getCommand())
                        .own())
                .containsEntry("penstock.tls-names", taken);
    }

    @ParameterizedTest
    @CsvSource({"90s, PT90S", "15m, PT15M", "4h, PT4H", "365d, PT8760H"})
    void readsADuration(String text, Duration duration) {
        assertThat(new CertificateOptions.Validity().convert(text)).isEqualTo(duration);
    }
}
