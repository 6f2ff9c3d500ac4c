package dev.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.Kubectl;
import java.time.Duration;
import java.util.List;

/** Penstock as it is installed on a control plane without controllers: no pod of it runs. */
final class Installation {
    static final String NAMESPACE = "penstock-system";
    /** Of all that carries the label, but the namespace: the rest of it are definitions. */
    static final String KINDS = "clusterroles,clusterrolebindings,mutatingwebhookconfigurations,"
            + "validatingwebhookconfigurations,deployments,services,roles,rolebindings,serviceaccounts,networkpolicies,"
            + "poddisruptionbudgets";

    private static final Duration LIMIT = Duration.ofMinutes(2);

    // Of cert-manager and Prometheus Operator, all that an API server without them needs to take their objects.
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: %2$ss.%3$s}
            spec:
              group: %3$s
              scope: Namespaced
              names: {kind: %1$s, listKind: %1$sList, plural: %2$ss, singular: %2$s}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            ---
            """;
    private static final String OPERATORS = DEFINITION.formatted("Issuer", "issuer", "cert-manager.io")
            + DEFINITION.formatted("Certificate", "certificate", "cert-manager.io")
            + DEFINITION.formatted("ServiceMonitor", "servicemonitor", "monitoring.coreos.com")
            + DEFINITION.formatted("PrometheusRule", "prometheusrule", "monitoring.coreos.com");

    private final Kubectl kubectl;

    Installation(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    Kubectl.Result apply(String kustomization) {
        return kubectl.mustRun(List.of("apply", "-k", kustomization), "");
    }

    /** Each object with its version in etcd: the same only where nothing was written. */
    List<String> versions(String kustomization) {
        String format = "jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}";
        return kubectl.mustRun(List.of("get", "-k", kustomization, "-o", format), "")
                .stdout()
                .lines()
                // Its status is written by the API server itself, a moment after it is applied.
                .filter(line -> !line.startsWith("CustomResourceDefinition "))
                .toList();
    }

    void assertNoDifference(String kustomization) {
        Kubectl.Result difference = kubectl.run("diff", "-k", kustomization);
        assertThat(difference.exit())
                .as(difference.stdout() + difference.stderr())
                .isZero();
    }

    /** Takes all away, the namespace as well, and returns when it is gone. */
    Kubectl.Result remove(String kustomization) {
        Kubectl.Result result =
                kubectl.mustRun(List.of("delete", "-k", kustomization, "--ignore-not-found", "--wait=false"), "");
        removeNamespace();
        awaitNoDefinitions();
        return result;
    }

    /**
     * Returns when the definitions that were deleted are gone. Where the API server has just set up what stores their objects, it
     * fails to look for some, and waits longer each time, for minutes at last; a definition that is changed it looks at at once.
     */
    private void awaitNoDefinitions() {
        Await.until(
                "the definitions to be gone",
                LIMIT,
                () -> {
                    List<String> left = kubectl.mustRun(List.of("get", "crd", "-o", "name"), "")
                            .stdout()
                            .lines()
                            .filter(name -> name.endsWith(".penstock.dev"))
                            .toList();
                    left.forEach(name ->
                            kubectl.run("annotate", name, "--overwrite", "example.com/looked-at=" + System.nanoTime()));
                    return left.isEmpty();
                },
                () -> kubectl.run("get", "crd", "-o", "yaml").stdout());
    }

    /** With all that is in it, which a controller would do: without one, it would be on its way out for ever. */
    void removeNamespace() {
        kubectl.mustRun(
                List.of(
                        "delete",
                        "deployments,services,networkpolicies,poddisruptionbudgets,rolebindings,roles,serviceaccounts,secrets,"
                                + "configmaps",
                        "--all",
                        "-n",
                        NAMESPACE,
                        "--wait=false"),
                "");
        kubectl.mustRun(List.of("delete", "namespace", NAMESPACE, "--ignore-not-found", "--wait=false"), "");
        kubectl.run(
                List.of("replace", "--raw", "/api/v1/namespaces/" + NAMESPACE + "/finalize", "-f", "-"),
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + NAMESPACE + "\"}}");
        Await.until(
                "the namespace to be gone",
                LIMIT,
                () -> kubectl.run("get", "namespace", NAMESPACE).stderr().contains("NotFound"),
                () -> "");
    }

    void knowOperators() {
        kubectl.mustRun(List.of("apply", "-f", "-"), OPERATORS);
        kubectl.mustRun(List.of("wait", "--for=condition=Established", "--timeout=30s", "-f", "-"), OPERATORS);
    }

    void forgetOperators() {
        kubectl.mustRun(List.of("delete", "--ignore-not-found", "-f", "-"), OPERATORS);
    }
}
