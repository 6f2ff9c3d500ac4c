package dev.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.Helm;
import dev.penstock.controlplane.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Helm chart installs what the kustomization does. */
@ParameterizedClass(name = "{0}", autoCloseArguments = false)
@ArgumentsSource(ControlPlanes.WithHelm.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartIT {
    private static final String CHART = "deploy/helm/penstock";

    @Parameter
    ControlPlane controlPlane;

    static List<Arguments> variants() {
        return List.of(
                arguments("as it is", List.of(), List.of()),
                arguments("require-label", List.of("require-label"), List.of("requireLabel=true")),
                arguments("fail-open", List.of("fail-open"), List.of("failurePolicy=Ignore")),
                arguments("cert-manager", List.of("cert-manager"), List.of("certManager=true")),
                arguments("prometheus", List.of("prometheus"), List.of("prometheus.enabled=true")),
                arguments(
                        "all of them",
                        List.of("require-label", "cert-manager", "prometheus", "fail-open"),
                        List.of(
                                "requireLabel=true",
                                "certManager=true",
                                "prometheus.enabled=true",
                                "failurePolicy=Ignore")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void rendersTheSameObjectsAsTheKustomization(
            String name, List<String> components, List<String> values, @TempDir Path folder) {
        List<String> arguments = new ArrayList<>(List.of("--namespace", "penstock-system"));
        List<String> withImage = new ArrayList<>(values);
        withImage.addAll(List.of("image.repository=registry.example.com/penstock", "image.tag=1.2.3"));
        withImage.forEach(value -> arguments.addAll(List.of("--set", value)));
        Map<String, ObjectNode> chart = rendered(arguments);

        Map<String, ObjectNode> kustomized =
                Objects.read(Overlay.write(folder, components).rendered(controlPlane.kubectl()));

        // Helm makes the namespace itself, or finds it.
        assertThat(kustomized.remove("Namespace penstock-system")).isNotNull();
        assertThat(chart.keySet()).containsExactlyInAnyOrderElementsOf(kustomized.keySet());
        chart.forEach((id, object) -> {
            if (id.startsWith("CustomResourceDefinition ")) {
                assertThat(object.withObject("/metadata").remove("annotations"))
                        .hasToString("{\"helm.sh/resource-policy\":\"keep\"}");
            }
            assertThat(Objects.text(object)).as(id).isEqualTo(Objects.text(kustomized.get(id)));
        });
    }

    @Test
    void hasAValueForEachComponent() throws IOException {
        try (Stream<Path> components = Files.list(Path.of("deploy", "components"))) {
            List<?> tested = (List<?>) variants().get(variants().size() - 1).get()[1];
            assertThat(components.map(component -> component.getFileName().toString()))
                    .isNotEmpty()
                    .allSatisfy(component -> assertThat(tested).anyMatch(component::equals));
        }
    }

    @Test
    void installsTheVersionThatItIs() {
        JsonNode deployment =
                rendered(List.of("--namespace", "penstock-system")).get("Deployment penstock-system/penstock");
        Map<String, ObjectNode> kustomized = Objects.read(controlPlane
                .kubectl()
                .mustRun(List.of("kustomize", "deploy"), "")
                .stdout());
        assertThat(deployment).isEqualTo(kustomized.get("Deployment penstock-system/penstock"));
    }

    @Test
    void livesInAnyNamespace() {
        String rendered = template(List.of(
                "--namespace", "other", "--set", "requireLabel=true,certManager=false,prometheus.enabled=true"));
        assertThat(rendered).contains("other/penstock-tls").doesNotContain("penstock-system");
        assertThat(template(List.of("--namespace", "other", "--set", "certManager=true")))
                .contains("penstock.other.svc")
                .doesNotContain("penstock-system");
    }

    /** YAML would read them as numbers or booleans. */
    @ParameterizedTest
    @ValueSource(strings = {"123", "1e3", "true"})
    void livesInANamespaceOfAnyName(String namespace) {
        List<String> values = List.of("requireLabel=true,prometheus.enabled=true", "certManager=true");
        for (String value : values) {
            Map<String, ObjectNode> objects = rendered(List.of("--namespace", namespace, "--set", value));
            assertThat(objects).containsKey("Deployment " + namespace + "/penstock");
            assertThat(objects.values())
                    .flatExtracting(object -> object.findValues("namespace"))
                    .isNotEmpty()
                    .allMatch(JsonNode::isTextual);
            assertThat(objects.get("ValidatingWebhookConfiguration penstock.dev")
                            .at("/webhooks/0/namespaceSelector/matchExpressions/0/values/1")
                            .isTextual())
                    .isTrue();
        }
    }

    @Test
    void takesADigestAlone() {
        String digest = "@sha256:" + "0".repeat(64);
        assertThat(rendered(List.of("--namespace", "penstock-system", "--set", "image.tag=" + digest))
                        .get("Deployment penstock-system/penstock")
                        .at("/spec/template/spec/containers/0/image")
                        .asText())
                .isEqualTo("penstock" + digest);
    }

    @Test
    void bringsWhatIsSetToThePods(@TempDir Path folder) throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                replicas: 3
                imagePullSecrets: [{name: registry}]
                image: {tag: "1.2.3@sha256:%s", pullPolicy: Always}
                podAnnotations: {example.com/team: platform}
                priorityClassName: "1000"
                nodeSelector: {example.com/pool: system}
                tolerations: [{key: example.com/pool, operator: Exists}]
                affinity: {nodeAffinity: {}}
                resources: {requests: {memory: 64Mi}, limits: null}
                networkPolicy: {apiServerPorts: [16443]}
                crds: false
                """.formatted("0".repeat(64)));
        Map<String, ObjectNode> objects = rendered(List.of("--namespace", "penstock-system", "-f", values.toString()));

        JsonNode spec = objects.get("Deployment penstock-system/penstock").path("spec");
        assertThat(spec.path("replicas").asInt()).isEqualTo(3);
        assertThat(spec.at("/template/metadata/annotations")).hasToString("{\"example.com/team\":\"platform\"}");
        JsonNode pod = spec.at("/template/spec");
        assertThat(pod.at("/imagePullSecrets/0/name").asText()).isEqualTo("registry");
        assertThat(pod.path("priorityClassName")).hasToString("\"1000\"");
        assertThat(pod.path("nodeSelector")).hasToString("{\"example.com/pool\":\"system\"}");
        assertThat(pod.at("/tolerations/0/key").asText()).isEqualTo("example.com/pool");
        assertThat(pod.has("affinity")).isTrue();
        JsonNode container = pod.at("/containers/0");
        assertThat(container.path("image").asText()).isEqualTo("penstock:1.2.3@sha256:" + "0".repeat(64));
        assertThat(container.path("imagePullPolicy").asText()).isEqualTo("Always");
        assertThat(container.at("/resources/requests/memory").asText()).isEqualTo("64Mi");
        assertThat(container.at("/resources").has("limits")).isFalse();
        assertThat(objects.get("NetworkPolicy penstock-system/penstock")
                        .at("/spec/egress/0/ports")
                        .findValuesAsText("port"))
                .containsExactly("16443.0");
        assertThat(objects.keySet()).noneMatch(id -> id.startsWith("CustomResourceDefinition"));
    }

    @Test
    void labelsWhatPrometheusHasToFind() {
        Map<String, ObjectNode> objects = rendered(List.of(
                "--namespace",
                "penstock-system",
                "--set",
                "prometheus.enabled=true,prometheus.labels.release=kube-prometheus-stack"));
        for (String kind : List.of("ServiceMonitor", "PrometheusRule")) {
            assertThat(objects.get(kind + " penstock-system/penstock").at("/metadata/labels"))
                    .hasToString("{\"app.kubernetes.io/name\":\"penstock\",\"release\":\"kube-prometheus-stack\"}");
        }
    }

    /** By Helm's usual condition, which stands among the values of the part. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isAPartOfAnotherChart(boolean enabled, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Chart.yaml"), """
                apiVersion: v2
                name: platform
                version: 0.1.0
                dependencies: [{name: penstock, version: 0.1.0, condition: penstock.enabled}]
                """);
        Path part = Files.createDirectories(folder.resolve("charts"));
        helm().mustRun(List.of("package", CHART, "--destination", part.toString()));
        String rendered = helm().mustRun(
                        List.of("template", "platform", folder.toString(), "--set", "penstock.enabled=" + enabled))
                .stdout();
        assertThat(rendered.contains("kind: Deployment")).isEqualTo(enabled);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "failurepolicy=Ignore",
                "failurePolicy=ignore",
                "image.repository=example.com/penstock:1",
                "image.repository=example.com/Penstock",
                "image.tag=a:b",
                "image.digest=x",
                "networkPolicy.apiServerPorts=443",
                "replicas=0",
                "requireLabel=maybe",
                "prometheus=true",
                "prometheus.label=x",
                "resources.limit.cpu=1"
            })
    void refusesWhatItDoesNotKnow(String value) {
        Kubectl.Result result = helm().run(List.of("template", "penstock", CHART, "--set", value));
        assertThat(result.exit()).isNotZero();
        assertThat(result.stderr()).contains("values don't meet the specifications of the schema");
    }

    @Test
    void isWithoutReproach() {
        Kubectl.Result result = helm().run(List.of("lint", "--strict", CHART));
        assertThat(result.exit()).as(result.stdout() + result.stderr()).isZero();
        assertThat(result.stdout()).doesNotContain("[WARNING]", "[ERROR]");
    }

    private Map<String, ObjectNode> rendered(List<String> arguments) {
        return Objects.read(template(arguments));
    }

    private String template(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("template", "penstock", CHART));
        all.addAll(arguments);
        return helm().mustRun(all).stdout();
    }

    private Helm helm() {
        return controlPlane.helm().orElseThrow();
    }
}
