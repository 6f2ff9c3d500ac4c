package dev.penstock.rules;

import dev.penstock.image.ImageReference;
import dev.penstock.policy.EffectivePolicy;

/**
 * {@code imagePullPolicy}: a tag that moves is pulled each time, and a digest need not be.
 *
 * <p>Images that are mounted as volumes count as well.
 */
final class ImagePullPolicyValidation implements Validation {
    @Override
    public void check(Pipeline pipeline, Findings findings) {
        for (Image image : pipeline.images()) {
            image.reference().ifPresent(reference -> check(image, reference, pipeline.policy(), findings));
        }
    }

    private static void check(Image image, ImageReference reference, EffectivePolicy policy, Findings findings) {
        boolean always = image.pullPolicy()
                .asText()
                .filter(written -> !written.isEmpty())
                .orElseGet(() -> ImageReference.pullPolicy(image.text()))
                .equals(ImageReference.ALWAYS);
        if (!always && policy.isMutable(reference)) {
            findings.invalid(image.pullPolicy(), "the image's tag moves, and a node may hold an old one: write Always");
        } else if (always && reference.digest().isPresent()) {
            findings.invalid(image.pullPolicy(), "a digest never changes: IfNotPresent saves the pulls");
        }
    }
}
