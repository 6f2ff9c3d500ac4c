package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Default;
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
            image.asText().flatMap(ImageReference::parse).ifPresent(reference -> {
                String value = draft.policy().isMutable(reference) ? ALWAYS : IF_NOT_PRESENT;
                draft.defaulter()
                        .fill(Default.of(container.at("imagePullPolicy"), value, Reason.derived("image"))
                                .after(image)
                                .besides(TextNode.valueOf(
                                        filledIn(draft.defaulter().asSent(image)))));
            });
        }
    }

    /**
     * What the API server fills in for the image that it is sent, where nothing or {@code ""} is written: core/v1
     * SetDefaults_Container and SetDefaults_Volume.
     */
    static String filledIn(String image) {
        boolean latest = ImageReference.parse(image)
                .filter(reference ->
                        reference.isUntagged() || reference.tag().equals(Optional.of(EffectivePolicy.LATEST)))
                .isPresent();
        return latest ? ALWAYS : IF_NOT_PRESENT;
    }
}
