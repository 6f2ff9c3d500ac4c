package dev.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.Helm;
import dev.penstock.controlplane.Kubectl;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
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
        upgrade(serverSide);
        trust();
        List<String> before = versions();
        assertThat(before).hasSizeGreaterThan(10);

        // What somebody made the API server trust is not the chart's to take away.
        upgrade(serverSide);
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

    private void upgrade(String serverSide) {
        helm().mustRun(List.of(
                "upgrade",
                "--install",
                "penstock",
                "deploy/helm/penstock",
                "-n",
                "penstock-system",
                "--server-side=" + serverSide));
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
