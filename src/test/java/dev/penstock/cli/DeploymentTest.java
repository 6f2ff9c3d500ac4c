package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

/** The Deployment that is shipped speaks to the program that is shipped. */
class DeploymentTest {
    private static final Path DEPLOY = Path.of("deploy");
    // quarkus.shutdown.timeout
    private static final int FINISH_SECONDS = 5;

    @ParameterizedTest
    @ValueSource(strings = {"deployment.yaml", "components/cert-manager/deployment.yaml"})
    void asksForOptionsThatThereAre(String file) throws IOException {
        List<String> arguments = arguments(pod(file));
        assertThat(arguments)
                .contains("--from-cluster")
                .allSatisfy(argument -> assertThat(serve().findOption(argument.replaceAll("=.*", "")))
                        .isNotNull());
    }

    @Test
    void callsThePortsThatTheProgramListensOn() throws IOException {
        JsonNode ports = pod("deployment.yaml").at("/containers/0/ports");
        assertThat(ports.findValuesAsText("name")).containsExactly("https", "management");
        assertThat(ports.findValuesAsText("containerPort"))
                .containsExactly(standard("--port"), standard("--management-port"));
    }

    private static String standard(String option) {
        // Such as ${env:PENSTOCK_PORT:-8443}
        return serve().findOption(option).defaultValue().replaceAll(".*:-(\\d+)}", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment.yaml", "components/cert-manager/deployment.yaml"})
    void hasTheTimeToDrainAndToFinish(String file) throws IOException {
        List<String> arguments = arguments(pod(file));
        int drain = Integer.parseInt(arguments.stream()
                .filter(argument -> argument.startsWith("--drain-seconds="))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*=", ""));
        assertThat(drain).isPositive();
        assertThat(pod("deployment.yaml").path("terminationGracePeriodSeconds").asInt())
                .isGreaterThan(drain + FINISH_SECONDS);
    }

    @Test
    void isNotToldOfItsServiceInWordsThatAreItsOwnSettings() throws IOException {
        // Kubernetes would set PENSTOCK_PORT=tcp://10.96.0.10:443, for the Service penstock, in place of a port:
        // https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
        assertThat(serve().findOption("--port").description()[0]).contains("(PENSTOCK_PORT)");
        JsonNode links = pod("deployment.yaml").path("enableServiceLinks");
        assertThat(links.isBoolean() && !links.asBoolean()).isTrue();
    }

    private static CommandSpec serve() {
        return Objects.requireNonNull(Main.commandLine().getSubcommands().get("serve"))
                .getCommandSpec();
    }

    private static List<String> arguments(JsonNode pod) {
        List<String> arguments = new ArrayList<>();
        pod.at("/containers/0/args").forEach(argument -> arguments.add(argument.asText()));
        return arguments;
    }

    private static JsonNode pod(String file) throws IOException {
        return new YAMLMapper().readTree(DEPLOY.resolve(file).toFile()).at("/spec/template/spec");
    }
}
