package dev.penstock.crd;

import io.fabric8.crdv2.generator.CustomResourceInfo;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.model.Scope;
import java.util.List;
import java.util.Locale;

/**
 * A custom resource, but for its fields.
 *
 * @param type whose fields are those of the resource
 * @param columns of {@code kubectl get}, after the name
 */
record Resource(
        String kind,
        String plural,
        String shortName,
        Scope scope,
        Class<?> type,
        String description,
        List<CustomResourceColumnDefinition> columns) {
    private static final String GROUP = "penstock.dev";
    private static final String VERSION = "v1alpha1";

    private static final CustomResourceColumnDefinition READY = column(
            "Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status", "Whether this version is in force.");
    private static final CustomResourceColumnDefinition AGE =
            column("Age", "date", ".metadata.creationTimestamp", "How long it has been there.");

    static final List<Resource> ALL = List.of(
            new Resource(
                    "PipelinePolicy",
                    "pipelinepolicies",
                    "ppol",
                    Scope.CLUSTER,
                    PipelinePolicyResource.class,
                    "What a platform team decides about pipelines: CronJobs with the label penstock.dev/pipeline. All policies that"
                            + " select a namespace add up.",
                    List.of(
                            column("Priority", "integer", ".spec.priority", "The higher, the earlier its word counts."),
                            column(
                                    "Enforcement",
                                    "string",
                                    ".spec.enforcement",
                                    "What each of its actions is at most."),
                            column("Namespaces", "integer", ".status.namespaces", "How many namespaces it selects."),
                            READY,
                            AGE)),
            new Resource(
                    "PipelineDefaults",
                    "pipelinedefaults",
                    "pdef",
                    Scope.NAMESPACED,
                    PipelineDefaultsResource.class,
                    "What one team fills into the pipelines of its namespace, before any policy does.",
                    List.of(READY, AGE)));

    private static CustomResourceColumnDefinition column(String name, String type, String path, String description) {
        return new CustomResourceColumnDefinitionBuilder()
                .withName(name)
                .withType(type)
                .withJsonPath(path)
                .withDescription(description)
                .build();
    }

    /** Such as {@code pipelinepolicies.penstock.dev}. */
    String name() {
        return plural + "." + GROUP;
    }

    CustomResourceInfo info() {
        return new CustomResourceInfo(
                GROUP,
                VERSION,
                kind,
                kind.toLowerCase(Locale.ROOT),
                plural,
                new String[] {shortName},
                new String[0], // categories
                true, // stored
                true, // served
                false, // deprecated
                null,
                scope,
                type,
                type.getName(),
                null,
                "status",
                new String[0],
                new String[0]);
    }

    @Override
    public String toString() {
        return kind;
    }
}
