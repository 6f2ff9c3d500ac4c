package dev.penstock.rules;

import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Field;

/**
 * {@code imagePullPolicy}: a tag that moves is pulled each time, and a digest need not be.
 *
 * <p>Images that are mounted as volumes count as well.
 */
final class ImagePullPolicyValidation implements Validation {
    @Override
    public void check(Pipeline pipeline, Findings findings) {
        for (Field container : pipeline.containers()) {
            check(container.at("image"), container.at("imagePullPolicy"), pipeline, findings);
        }
        for (Field volume : pipeline.podSpec().at("volumes").elements()) {
            check(volume.at("image", "reference"), volume.at("image", "pullPolicy"), pipeline, findings);
        }
    }

    private static void check(Field image, Field pullPolicy, Pipeline pipeline, Findings findings) {
        String text = image.asText().orElse("");
        ImageReference.parse(text).ifPresent(reference -> {
            boolean always = pullPolicy
                    .asText()
                    .filter(written -> !written.isEmpty())
                    .orElseGet(() -> ImageReference.pullPolicy(text))
                    .equals(ImageReference.ALWAYS);
            if (!always && pipeline.policy().isMutable(reference)) {
                findings.invalid(pullPolicy, "the image's tag moves, and a node may hold an old one: write Always");
            } else if (always && reference.digest().isPresent()) {
                findings.invalid(pullPolicy, "a digest never changes: IfNotPresent saves the pulls");
            }
        });
    }
}
