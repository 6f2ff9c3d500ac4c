package dev.penstock.rules;

import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Field;
import java.util.Optional;

/** {@code imagePullPolicy}: a tag that moves is pulled each time, and a digest need not be. */
final class ImagePullPolicyValidation implements Validation {
    @Override
    public void check(Pipeline pipeline, Findings findings) {
        for (Field container : pipeline.containers()) {
            Field pullPolicy = container.at("imagePullPolicy");
            Optional<ImageReference> image = container.at("image").asText().flatMap(ImageReference::parse);
            if (image.isPresent() && pullPolicy.isPresent()) {
                boolean always = pullPolicy.asText().equals(Optional.of(ImagePullPolicyDefaults.ALWAYS));
                if (!always && pipeline.policy().isMutable(image.get())) {
                    findings.invalid(pullPolicy, "the image's tag moves, and a node may hold an old one: write Always");
                } else if (always && image.get().digest().isPresent()) {
                    findings.invalid(pullPolicy, "a digest never changes: IfNotPresent saves the pulls");
                }
            }
        }
    }
}
