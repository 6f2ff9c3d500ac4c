package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Reason;
import java.util.List;
import java.util.Map;

/**
 * A {@code PipelineDefaults}: what the team of a namespace fills in, before what any policy says. It has no rules: a team
 * cannot loosen what the platform asks.
 *
 * @param namespace where it applies
 * @param name of the document
 * @param general what it says of every pipeline
 * @param profiles what it says of pipelines that choose a profile, by the profile's name
 */
public record PipelineDefaults(String namespace, String name, Layer general, Map<String, Layer> profiles)
        implements PolicyDocument {
    /** As documents have it. */
    public static final String KIND = "PipelineDefaults";

    /** Reads a document strictly, and notes everything that is wrong with it. */
    static PipelineDefaults read(JsonNode document, List<PolicyProblem> problems) {
        PolicyNode root = new PolicyNode("", document, problems);
        DocumentId id = DocumentId.namespaced(root, KIND);
        PolicyNode spec = root.at("spec");
        spec.only("task", "arguments", "image", "defaults", "profiles");
        spec.at("image").only("tag");
        return new PipelineDefaults(
                id.namespace(),
                id.name(),
                Layer.read(spec),
                Profiles.read(spec.at("profiles"), PipelineDefaults::profile));
    }

    private static Layer profile(PolicyNode profile) {
        profile.only("defaults");
        return Layer.read(profile);
    }

    @Override
    public DocumentId id() {
        return new DocumentId(KIND, namespace, name);
    }

    @Override
    public boolean selects(String other, Map<String, String> labels) {
        return namespace.equals(other);
    }

    @Override
    public Reason reason() {
        return Reason.defaults(name);
    }
}
