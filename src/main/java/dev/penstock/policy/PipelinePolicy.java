package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@code PipelinePolicy}: what a platform team decides for the namespaces that it selects.
 *
 * @param name of the document
 * @param namespaceSelector where it applies
 * @param priority the higher, the earlier its defaults are laid; 0 where it is left out
 * @param enforcement what each of its actions is at most; Deny where it is left out
 * @param general what it says of every pipeline
 * @param profiles what it says of pipelines that choose a profile, by the profile's name
 * @param exemptions what it lets pass for a time
 */
public record PipelinePolicy(
        String name,
        LabelSelector namespaceSelector,
        int priority,
        Action enforcement,
        Layer general,
        Map<String, Layer> profiles,
        List<Exemption> exemptions)
        implements PolicyDocument {
    /** As documents have it. */
    public static final String KIND = "PipelinePolicy";

    /**
     * Reads a document strictly, but for the rules and their parameters, which are the rules' to check.
     *
     * @throws InvalidPolicyException with everything that is wrong with it, if anything is
     */
    public static PipelinePolicy read(JsonNode document) throws InvalidPolicyException {
        List<PolicyProblem> problems = new ArrayList<>();
        PipelinePolicy policy = read(document, problems);
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(problems);
        }
        return policy;
    }

    static PipelinePolicy read(JsonNode document, List<PolicyProblem> problems) {
        PolicyNode root = new PolicyNode("", document, problems);
        String name = DocumentId.cluster(root, KIND).name();
        PolicyNode spec = root.at("spec");
        spec.only(
                "namespaceSelector",
                "priority",
                "enforcement",
                "containerName",
                "task",
                "arguments",
                "image",
                "defaults",
                "profiles",
                "rules",
                "exemptions");
        spec.at("image").only("tag", "mutableTags");
        return new PipelinePolicy(
                name,
                LabelSelector.read(spec.at("namespaceSelector")),
                spec.at("priority").number(0),
                spec.at("enforcement").isAbsent()
                        ? Action.DENY
                        : spec.at("enforcement").action(),
                Layer.read(spec),
                Profiles.read(spec.at("profiles"), PipelinePolicy::profile),
                spec.at("exemptions").elements().stream().map(Exemption::read).toList());
    }

    private static Layer profile(PolicyNode profile) {
        profile.only("containerName", "task", "arguments", "image", "defaults", "rules");
        profile.at("image").only("tag", "mutableTags");
        return Layer.read(profile);
    }

    @Override
    public DocumentId id() {
        return new DocumentId(KIND, "", name);
    }

    @Override
    public boolean selects(String namespace, Map<String, String> labels) {
        return namespaceSelector.matches(labels);
    }

    @Override
    public Reason reason() {
        return Reason.policy(name);
    }

    @Override
    public List<PolicyProblem> idle(Instant now) {
        Set<String> set = new HashSet<>(rules().keySet());
        profiles.values().forEach(profile -> set.addAll(profile.rules().keySet()));
        List<PolicyProblem> idle = new ArrayList<>();
        for (int i = 0; i < exemptions.size(); i++) {
            String path = "spec.exemptions[" + i + "]";
            if (exemptions.get(i).isExpired(now)) {
                idle.add(new PolicyProblem(path + ".expires", "is over, so that it waives nothing"));
            }
            if (Collections.disjoint(set, exemptions.get(i).rules())) {
                idle.add(
                        new PolicyProblem(path + ".rules", "this policy sets none of them, so that it waives nothing"));
            }
        }
        return idle;
    }

    /** What it says of rules where no profile is chosen, by id. */
    public Map<String, ObjectNode> rules() {
        return general.rules();
    }
}
