package dev.penstock.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceConversionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a definition says that types and annotations cannot. */
final class Shape {
    // The order of arguments counts; values is as in Kubernetes' own LabelSelector.
    private static final Set<String> NO_SETS = Set.of("arguments", "values");

    private Shape() {}

    static CustomResourceDefinition complete(CustomResourceDefinition crd, Resource resource) {
        // What the API server would fill in, so that nobody who compares sees a difference.
        crd.getSpec()
                .setConversion(new CustomResourceConversionBuilder()
                        .withStrategy("None")
                        .build());
        crd.getSpec().getNames().setListKind(resource.kind() + "List");
        CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
        version.setAdditionalPrinterColumns(resource.columns());
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        root.setDescription(resource.description());
        JSONSchemaProps spec = Objects.requireNonNull(root.getProperties().get("spec"));
        spec.setNullable(true);
        written(spec, "spec");
        status(Objects.requireNonNull(root.getProperties().get("status")));
        return crd;
    }

    /** What an author writes: as strict as the readers of policies, who say it better, and no stricter. */
    private static void written(JSONSchemaProps schema, String name) {
        eachRuleOnce(schema);
        if (schema.getAdditionalProperties() != null) {
            JSONSchemaProps member = schema.getAdditionalProperties().getSchema();
            member.setNullable(true);
            written(member, name);
        } else if (Objects.equals(schema.getType(), "object")) {
            // A misspelt key is kept, so that the reader can say which are known.
            schema.setXKubernetesPreserveUnknownFields(true);
        }
        if (schema.getItems() != null) {
            JSONSchemaProps element = schema.getItems().getSchema();
            boolean isSet = element.getType().equals("string") && !NO_SETS.contains(name);
            schema.setXKubernetesListType(isSet ? "set" : "atomic");
            written(element, name);
        }
        if (name.equals("namespaceSelector")) {
            schema.setXKubernetesMapType("atomic"); // as Kubernetes' own LabelSelector
        }
        schema.getProperties().forEach((key, property) -> {
            if (property.getType() == null) {
                property.setType("object");
            }
            // As absent as what is left out. An enum has no null: there the API server drops it.
            if (!schema.getRequired().contains(key) && property.getEnum().isEmpty()) {
                property.setNullable(true);
            }
            written(property, key);
        });
    }

    private static void status(JSONSchemaProps status) {
        eachRuleOnce(status);
        JSONSchemaProps conditions =
                Objects.requireNonNull(status.getProperties().get("conditions"));
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        JSONSchemaProps condition = conditions.getItems().getSchema();
        Objects.requireNonNull(condition.getProperties().get("lastTransitionTime"))
                .setFormat("date-time");
        status.getProperties().values().forEach(Shape::eachRuleOnce);
        condition.getProperties().values().forEach(Shape::eachRuleOnce);
    }

    private static void eachRuleOnce(JSONSchemaProps schema) {
        // From a record's component an annotation comes to its field and to its accessor.
        schema.setXKubernetesValidations(
                schema.getXKubernetesValidations().stream().distinct().toList());
    }
}
