package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Default;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;

/** {@code imagePullPolicy}: {@code Always} for a tag that moves, {@code IfNotPresent} for what cannot change. */
final class ImagePullPolicyDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        for (EditableField container : draft.containers()) {
            EditableField image = container.at("image");
            image.asText().flatMap(ImageReference::parse).ifPresent(reference -> {
                String value =
                        draft.policy().isMutable(reference) ? ImageReference.ALWAYS : ImageReference.IF_NOT_PRESENT;
                draft.defaulter()
                        .fill(Default.of(container.at("imagePullPolicy"), value, Reason.derived("image"))
                                .after(image)
                                .besides(TextNode.valueOf(ImageReference.pullPolicy(
                                        draft.defaulter().asSent(image)))));
            });
        }
    }
}
