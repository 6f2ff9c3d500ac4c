package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code PipelinePolicy} document: what a platform team decides.
 *
 * @param name of the document
 * @param containerName what a container is called that is made because a manifest has none
 * @param task of a pipeline whose manifest names none
 * @param arguments of the main container, with placeholders; none where the policy has no say
 * @param imageTag what an untagged image gets; null where it stays untagged
 * @param mutableTags the tags that move
 * @param defaults a partial CronJob
 * @param rules what the document says of rules, by id; their parameters are the rules' to check
 */
public record PipelinePolicy(
        String name,
        String containerName,
        String task,
        List<String> arguments,
        @Nullable String imageTag,
        Set<String> mutableTags,
        ObjectNode defaults,
        Map<String, ObjectNode> rules) {

    /**
     * Reads a document strictly.
     *
     * @throws InvalidPolicyException with everything that is wrong with it, if anything is
     */
    public static PipelinePolicy read(JsonNode document) throws InvalidPolicyException {
        List<PolicyProblem> problems = new ArrayList<>();
        PolicyNode root = new PolicyNode("", document, problems);
        root.only("apiVersion", "kind", "metadata", "spec");
        expect(root.at("apiVersion"), "penstock.dev/v1alpha1");
        expect(root.at("kind"), "PipelinePolicy");
        PolicyNode spec = root.at("spec");
        spec.only("containerName", "task", "arguments", "image", "defaults", "rules");
        spec.at("image").only("tag", "mutableTags");
        PipelinePolicy policy = new PipelinePolicy(
                root.at("metadata").at("name").requiredText(),
                spec.at("containerName").text("ml-pipeline-container"),
                spec.at("task").text("run-pipeline"),
                spec.at("arguments").texts(List.of()),
                Optional.of(spec.at("image").at("tag").text(""))
                        .filter(tag -> !tag.isEmpty())
                        .orElse(null),
                Set.copyOf(spec.at("image").at("mutableTags").texts(List.of(EffectivePolicy.LATEST))),
                spec.at("defaults").object(),
                settings(spec.at("rules")));
        spec.at("arguments").checkPlaceholders();
        spec.at("defaults").checkPlaceholders();
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(problems);
        }
        return policy;
    }

    private static void expect(PolicyNode node, String value) {
        if (!node.requiredText().equals(value)) {
            node.problem("must be " + value);
        }
    }

    private static Map<String, ObjectNode> settings(PolicyNode rules) {
        Map<String, ObjectNode> settings = new LinkedHashMap<>();
        rules.members().forEach((id, setting) -> settings.put(id, setting.object()));
        return settings;
    }
}
