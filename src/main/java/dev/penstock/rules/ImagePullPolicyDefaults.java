package dev.penstock.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;
import dev.penstock.policy.EffectivePolicy;
import java.util.Optional;

/** {@code imagePullPolicy}: {@code Always} for a tag that moves, {@code IfNotPresent} for what cannot change. */
final class ImagePullPolicyDefaults implements Defaults {
    static final String ALWAYS = "Always";
    static final String IF_NOT_PRESENT = "IfNotPresent";

    @Override
    public void fill(Draft draft) {
        for (EditableField container : draft.containers()) {
            EditableField image = container.at("image");
            EditableField pullPolicy = container.at("imagePullPolicy");
            Optional<ImageReference> reference = image.asText().flatMap(ImageReference::parse);
            if (reference.isPresent() && draft.intent().leftOut(pullPolicy, filledIn(image.asSent()))) {
                boolean moves = draft.policy().isMutable(reference.get());
                pullPolicy.set(moves ? ALWAYS : IF_NOT_PRESENT, Reason.derived("image"));
            }
        }
    }

    /** What the API server filled in for the image that it was sent: core/v1 SetDefaults_Container. */
    private static JsonNode filledIn(JsonNode image) {
        boolean latest = Optional.ofNullable(image.textValue())
                .flatMap(ImageReference::parse)
                .filter(reference ->
                        reference.isUntagged() || reference.tag().equals(Optional.of(EffectivePolicy.LATEST)))
                .isPresent();
        return TextNode.valueOf(latest ? ALWAYS : IF_NOT_PRESENT);
    }
}
