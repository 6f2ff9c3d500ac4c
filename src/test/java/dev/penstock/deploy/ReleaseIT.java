package dev.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.Helm;
import dev.penstock.controlplane.Kubectl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Helm chart on a real API server. */
@ParameterizedClass(name = "{0}", autoCloseArguments = false)
@ArgumentsSource(ControlPlanes.WithHelm.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseIT {
    private static final String TRUSTED = "Zm9yZWlnbg==";

    @Parameter
    ControlPlane controlPlane;

    @AfterEach
    void remove() {
        new Installation(kubectl()).remove("deploy");
    }

    @ParameterizedTest(name = "--server-side={0}")
    @ValueSource(strings = {"true", "false"})
    void installsUpgradesAndGoes(String serverSide) {
        kubectl().mustRun(List.of("apply", "-f", "deploy/namespace.yaml"), "");
        upgrade("--server-side=" + serverSide);
        trust();
        List<String> before = versions();
        assertThat(before).hasSizeGreaterThan(10);

        // What somebody made the API server trust is not the chart's to take away.
        upgrade("--server-side=" + serverSide);
        assertThat(versions()).isEqualTo(before);
        assertThat(trusted()).isEqualTo(TRUSTED);

        List<String> deleted = helm().mustRun(List.of("uninstall", "penstock", "-n", "penstock-system", "--debug"))
                .stderr()
                .lines()
                .filter(line -> line.contains("starting delete resource"))
                .toList();
        assertThat(deleted).hasSizeGreaterThan(10);
        assertThat(deleted.subList(0, 3)).allMatch(line -> line.contains("WebhookConfiguration"));
        assertThat(versions()).isEmpty();
        assertThat(kubectl()
                        .mustRun(List.of("get", "crd", "-o", "name"), "")
                        .stdout()
                        .lines()
                        .filter(name -> name.endsWith(".penstock.dev")))
                .hasSize(2);
    }

    @Test
    void takesOverWhatKubectlAppliedSoThatAllOfItCanBeChangedAndGoes(@TempDir Path folder) {
        Installation installation = new Installation(kubectl());
        installation.knowOperators();
        try {
            List<String> components = List.of("require-label", "cert-manager", "prometheus", "fail-open");
            String overlay = Overlay.write(folder, components).folder().toString();
            installation.apply(overlay);

            kubectl().mustRun(List.of("apply", "-k", overlay, "--server-side", "--field-manager=helm"), "");
            upgrade(
                    "--take-ownership",
                    "--set=requireLabel=true,certManager=true,prometheus.enabled=true,failurePolicy=Ignore");
            upgrade("--set=replicas=3,networkPolicy.apiServerPorts={1234}");

            String left = "issuers,certificates,servicemonitors,prometheusrules,configmaps,"
                    + "validatingwebhookconfigurations,mutatingwebhookconfigurations";
            String label = "app.kubernetes.io/name=penstock";
            assertThat(kubectl()
                            .mustRun(List.of("get", left, "-A", "-l", label, "-o", "name"), "")
                            .stdout()
                            .lines())
                    .extracting(name -> name.substring(name.indexOf('/') + 1))
                    .containsExactlyInAnyOrder("penstock.dev", "penstock.dev", "policies.penstock.dev");
            assertThat(kubectl()
                            .mustRun(List.of("get", "mutatingwebhookconfiguration", "penstock.dev", "-o", "yaml"), "")
                            .stdout())
                    .contains("failurePolicy: Fail")
                    .doesNotContain("cert-manager.io");
        } finally {
            installation.forgetOperators();
        }
    }

    @Test
    void takesOverDefinitionsThatAreThere() {
        kubectl().mustRun(List.of("apply", "-f", "deploy/namespace.yaml", "-f", "deploy/crds"), "");
        assertThat(helm().run(upgrading()).stderr()).contains("exists and cannot be imported into the current release");
        upgrade("--take-ownership");
        upgrade("--set=replicas=3");
        helm().mustRun(List.of("uninstall", "penstock", "-n", "penstock-system"));
        upgrade("--set=crds=false");
    }

    private void upgrade(String... options) {
        helm().mustRun(upgrading(options));
    }

    private static List<String> upgrading(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("upgrade", "--install", "penstock", "deploy/helm/penstock", "-n", "penstock-system"));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private void trust() {
        kubectl()
                .mustRun(
                        List.of(
                                "patch",
                                "mutatingwebhookconfiguration",
                                "penstock.dev",
                                "--type=json",
                                "-p",
                                "[{\"op\":\"add\",\"path\":\"/webhooks/0/clientConfig/caBundle\",\"value\":\"" + TRUSTED
                                        + "\"}]"),
                        "");
    }

    private String trusted() {
        return kubectl()
                .mustRun(
                        List.of(
                                "get",
                                "mutatingwebhookconfiguration",
                                "penstock.dev",
                                "-o",
                                "jsonpath={.webhooks[0].clientConfig.caBundle}"),
                        "")
                .stdout();
    }

    /** Each object of the release with its version in etcd, but for the namespace and the definitions. */
    private List<String> versions() {
        String format = "jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}";
        return kubectl()
                .mustRun(
                        List.of("get", Installation.KINDS, "-A", "-l", "app.kubernetes.io/name=penstock", "-o", format),
                        "")
                .stdout()
                .lines()
                .toList();
    }

    private Kubectl kubectl() {
        return controlPlane.kubectl();
    }

    private Helm helm() {
        return controlPlane.helm().orElseThrow();
    }
}
