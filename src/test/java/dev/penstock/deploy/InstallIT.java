package dev.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What {@code kubectl apply -k deploy/} leaves on a real API server. */
@EachControlPlane
class InstallIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COMPONENTS = List.of("require-label", "cert-manager", "prometheus", "fail-open");
    private static final List<String> DRY_RUN = List.of("create", "--dry-run=server", "-f", "-");

    @Parameter
    ControlPlane controlPlane;

    private Installation installation;
    private Kubectl kubectl;

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        kubectl = controlPlane.kubectl();
        installation = new Installation(kubectl);
        installation.apply("deploy");
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        installation.remove("deploy");
    }

    @Test
    void nothingIsWarnedOf() {
        Kubectl.Result result = kubectl.mustRun(List.of("apply", "-k", "deploy", "--dry-run=server"), "");
        assertThat(result.stdout().lines()).hasSizeGreaterThan(10);
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void anotherApplyChangesNothing() {
        List<String> before = installation.versions("deploy");
        assertThat(before).hasSizeGreaterThan(10);

        installation.apply("deploy");

        assertThat(installation.versions("deploy")).isEqualTo(before);
        installation.assertNoDifference("deploy");
    }

    @Test
    void anotherApplyLeavesTheTrustedCertificateAlone() {
        trust("Zm9yZWlnbg==");
        List<String> before = installation.versions("deploy");

        installation.apply("deploy");

        assertThat(installation.versions("deploy")).isEqualTo(before);
        installation.assertNoDifference("deploy");
        assertThat(trusted()).isEqualTo("Zm9yZWlnbg==");
    }

    private void trust(String caBundle) {
        kubectl.mustRun(
                List.of(
                        "patch",
                        "mutatingwebhookconfiguration",
                        "penstock.dev",
                        "--type=strategic",
                        "--field-manager=somebody",
                        "-p",
                        "{\"webhooks\":[{\"name\":\"mutate.penstock.dev\",\"clientConfig\":{\"caBundle\":\"" + caBundle
                                + "\"}}]}"),
                "");
    }

    private String trusted() {
        return kubectl.mustRun(
                        List.of(
                                "get",
                                "mutatingwebhookconfiguration",
                                "penstock.dev",
                                "-o",
                                "jsonpath={.webhooks[0].clientConfig.caBundle}"),
                        "")
                .stdout();
    }

    @Test
    void thePodsKeepToTheRestrictionsOfTheNamespace() throws IOException {
        Kubectl.Result result = kubectl.run(DRY_RUN, pod().toString());
        assertThat(result.exit()).as(result.stderr()).isZero();
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void aPodThatKeepsToOneLessIsRefused() throws IOException {
        ObjectNode pod = pod();
        ((ObjectNode) pod.at("/spec/containers/0/securityContext")).remove("capabilities");
        Kubectl.Result result = kubectl.run(DRY_RUN, pod.toString());
        assertThat(result.exit()).isNotZero();
        assertThat(result.stderr()).contains("violates PodSecurity \"restricted:latest\": unrestricted capabilities");
    }

    /** As the Deployment's controllers would make it. */
    private ObjectNode pod() throws IOException {
        JsonNode template = JSON.readTree(kubectl.mustRun(
                                List.of("get", "deployment", "penstock", "-n", "penstock-system", "-o", "json"), "")
                        .stdout())
                .at("/spec/template");
        ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata")
                .put("name", "penstock-1")
                .put("namespace", "penstock-system")
                .set("labels", template.at("/metadata/labels"));
        pod.set("spec", template.path("spec"));
        return pod;
    }

    @Test
    void theOverlayOfTheGuideIsOneOfAllComponents(@TempDir Path folder) throws IOException {
        Path guide = Files.createDirectory(folder.resolve("guide"));
        Path project = guide.toRealPath().relativize(Path.of("").toRealPath());
        Matcher overlay = Pattern.compile("```yaml overlay\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "operations.md")));
        assertThat(overlay.find()).isTrue();
        Files.writeString(
                guide.resolve("kustomization.yaml"),
                overlay.group(1)
                        .replace("- penstock/", "- " + project + "/")
                        .replace("newTag: 0.1.0", "newTag: 1.2.3"));

        assertThat(new Overlay(guide).rendered(kubectl))
                .isEqualTo(Overlay.write(folder, COMPONENTS).rendered(kubectl));
    }

    @Test
    void thePatchOfTheGuideNarrowsTheNetworkPolicy(@TempDir Path folder) throws IOException {
        Matcher patch = Pattern.compile("```yaml patch\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "threats.md")));
        assertThat(patch.find()).isTrue();
        Overlay overlay = Overlay.write(folder, List.of());
        Files.writeString(folder.resolve("kustomization.yaml"), patch.group(1), StandardOpenOption.APPEND);

        ObjectNode policy =
                Objects.read(overlay.rendered(kubectl)).get("NetworkPolicy " + Installation.NAMESPACE + "/penstock");

        assertThat(policy.at("/spec/ingress/0/from/0/ipBlock/cidr").asText()).isEqualTo("192.0.2.0/28");
        assertThat(policy.at("/spec/egress/0/to/0/ipBlock/cidr").asText()).isEqualTo("192.0.2.0/28");
        kubectl.mustRun(List.of("apply", "--dry-run=server", "-f", "-"), policy.toString());
    }

    @Test
    void everyComponentAppliesAndDoesNotDrift(@TempDir Path folder) {
        installation.knowOperators();
        String overlay =
                Overlay.write(folder, COMPONENTS).folder().toAbsolutePath().toString();
        try {
            assertThat(installation.apply(overlay).warnings()).isEmpty();
            List<String> before = installation.versions(overlay);

            installation.apply(overlay);

            assertThat(installation.versions(overlay)).isEqualTo(before);
            installation.assertNoDifference(overlay);
        } finally {
            kubectl.mustRun(List.of("delete", "validatingwebhookconfiguration", "require-label.penstock.dev"), "");
            installation.apply("deploy");
            installation.forgetOperators();
        }
    }
}
