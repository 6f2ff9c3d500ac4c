package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhook configurations as they are shipped. */
@EachControlPlane
class RegistrationIT {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Parameter
    ControlPlane controlPlane;

    private Kubectl kubectl;

    @BeforeParameterizedClassInvocation
    void connect(ControlPlane controlPlane) {
        kubectl = controlPlane.kubectl();
    }

    @AfterEach
    void remove() {
        kubectl.mustRun(
                List.of(
                        "delete",
                        "mutatingwebhookconfigurations,validatingwebhookconfigurations",
                        "-l",
                        "app.kubernetes.io/name=penstock"),
                "");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "mutating-webhook.yaml",
                "policy-webhook.yaml",
                "components/require-label/require-label-webhook.yaml",
                "validating-webhook.yaml"
            })
    void leavesNothingForTheApiServerToFillIn(String file) throws IOException {
        String path = Path.of("deploy", file).toString();
        kubectl.mustRun(List.of("apply", "-f", path), "");

        ObjectNode stored = (ObjectNode) YAML.readTree(
                kubectl.mustRun(List.of("get", "-f", path, "-o", "json"), "").stdout());
        ((ObjectNode) stored.path("metadata"))
                .remove(Set.of("annotations", "creationTimestamp", "generation", "resourceVersion", "uid"));
        JsonNode shipped = YAML.readTree(Path.of(path).toFile());

        assertThat(stored).isEqualTo(shipped);
        Kubectl.Result diff = kubectl.run("diff", "-f", path);
        assertThat(diff.exit()).as(diff.stdout() + diff.stderr()).isZero();
        assertThat(kubectl.mustRun(List.of("apply", "-f", path), "").stdout()).endsWith(" unchanged\n");
    }
}
