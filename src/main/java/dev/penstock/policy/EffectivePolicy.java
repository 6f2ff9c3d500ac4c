package dev.penstock.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What applies to a pipeline: all that its policies say, compiled once and looked up per review.
 *
 * <p>Immutable and thread-safe.
 */
public final class EffectivePolicy {
    /** The tag that an image without a tag has: container runtimes and the API server agree on it. */
    public static final String LATEST = "latest";

    private final PipelinePolicy policy;
    private final Overlay defaults;
    private final Map<String, ObjectNode> rules;

    private EffectivePolicy(PipelinePolicy policy, Map<String, ObjectNode> rules) {
        this.policy = policy;
        this.defaults = new Overlay(policy.defaults(), Reason.policy(policy.name()));
        this.rules = rules;
    }

    /**
     * The policy, with the built-in one's settings for what it does not say of the rules.
     *
     * @param builtIn names every rule and its action
     */
    public static EffectivePolicy of(PipelinePolicy policy, PipelinePolicy builtIn) {
        Map<String, ObjectNode> rules = new TreeMap<>();
        builtIn.rules().forEach((id, setting) -> rules.put(id, setting.deepCopy()));
        policy.rules()
                .forEach((id, setting) ->
                        rules.merge(id, setting, (base, own) -> base.deepCopy().setAll(own)));
        return new EffectivePolicy(policy, rules);
    }

    /** Where a default that the policy names comes from. */
    public Reason reason() {
        return Reason.policy(policy.name());
    }

    /** What a container is called that is made because the manifest has none. */
    public String containerName() {
        return policy.containerName();
    }

    /** The task of a pipeline whose manifest names none. */
    public String task() {
        return policy.task();
    }

    /** The arguments of the main container, with placeholders; none where the policy has no say. */
    public List<String> arguments() {
        return policy.arguments();
    }

    /** What is laid under a manifest. */
    public Overlay defaults() {
        return defaults;
    }

    /** The action and parameters of each rule by its id, in the order of the ids; not to be written to. */
    public Map<String, ObjectNode> rules() {
        return rules;
    }

    /** The image with the policy's tag, where it has neither tag nor digest and the policy names a tag; else as it is. */
    public String completed(String image) {
        String tag = policy.imageTag();
        return tag == null
                ? image
                : ImageReference.parse(image)
                        .filter(ImageReference::isUntagged)
                        .map(untagged -> untagged.withTag(tag).toString())
                        .orElse(image);
    }

    /** Whether what the reference names can change: its tag moves, and no digest fixes it. */
    public boolean isMutable(ImageReference reference) {
        String tag = reference.tag().orElse(LATEST);
        return reference.digest().isEmpty()
                && (tag.equals(LATEST) || policy.mutableTags().contains(tag));
    }
}
