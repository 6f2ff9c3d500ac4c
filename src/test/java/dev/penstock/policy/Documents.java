package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.ArrayList;
import java.util.List;

/** Documents for tests. */
public final class Documents {
    private Documents() {}

    /** @param spec in YAML */
    public static PipelinePolicy policy(String name, String spec) throws InvalidPolicyException {
        return PipelinePolicy.read(document("{kind: PipelinePolicy, metadata: {name: " + name + "}}", spec));
    }

    /** Whatever the rules may say of it. */
    public static PolicyDocument read(JsonNode document) throws InvalidPolicyException {
        return PolicyDocument.read(document, any -> List.of());
    }

    /** Of the namespace {@code ml}. */
    public static PipelineDefaults defaults(String name, String spec) throws InvalidPolicyException {
        return (PipelineDefaults)
                read(document("{kind: PipelineDefaults, metadata: {name: " + name + ", namespace: ml}}", spec));
    }

    /**
     * Several at once.
     *
     * @param specs an object in YAML: the spec of each by its name, which {@code defaults} begins for the defaults of a team
     */
    public static List<PolicyDocument> all(String specs) throws InvalidPolicyException {
        List<PolicyDocument> documents = new ArrayList<>();
        for (var spec : Yaml.object(specs).properties()) {
            String text = spec.getValue().toString();
            documents.add(
                    spec.getKey().startsWith("defaults") ? defaults(spec.getKey(), text) : policy(spec.getKey(), text));
        }
        return documents;
    }

    private static ObjectNode document(String head, String spec) {
        ObjectNode document = Yaml.object(head);
        document.put("apiVersion", "penstock.dev/v1alpha1").set("spec", Yaml.tree(spec));
        return document;
    }
}
