package dev.penstock.rules;

import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Field;
import dev.penstock.policy.Glob;
import dev.penstock.policy.PolicyNode;
import java.util.List;
import java.util.Optional;

/**
 * {@code imageTag}: no image without a tag, with a forbidden one, with one that is not allowed, or, where it is asked for,
 * without a digest. A digest says more than any tag.
 *
 * <p>Images that are mounted as volumes count as well.
 */
final class ImageTagValidation implements Validation {
    private final List<Glob> forbidden;
    private final List<Glob> allowed; // any where it is empty
    private final boolean requireDigest;

    ImageTagValidation(PolicyNode parameters) {
        parameters.only("action", "forbid", "allow", "requireDigest");
        PolicyNode forbid = parameters.at("forbid");
        PolicyNode allow = parameters.at("allow");
        forbidden = Glob.read(forbid, forbid.texts(List.of()), Glob.Kind.TAG);
        allowed = Glob.read(allow, allow.someTexts(), Glob.Kind.TAG);
        requireDigest = parameters.at("requireDigest").flag(false);
        if (!allowed.isEmpty() && allowed.stream().allMatch(this::isForbidden)) {
            allow.problem("must list some tag that forbid does not: it forbids " + Glob.list(forbidden));
        }
    }

    /** Whether all that it matches is forbidden: of its own {@code *}, only a {@code *} matches one. */
    private boolean isForbidden(Glob glob) {
        return Glob.anyMatches(forbidden, glob.pattern());
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        pipeline.images().forEach(image -> check(image, findings));
    }

    private void check(Image image, Findings findings) {
        if (image.reference().isPresent()) {
            check(image.field(), image.reference().get(), findings);
        } else {
            findings.invalid(image.field(), "not an image reference: " + ImageReference.fault(image.text()));
        }
    }

    private void check(Field image, ImageReference reference, Findings findings) {
        if (reference.digest().isPresent()) {
            return;
        }
        Optional<String> tag = reference.tag();
        if (requireDigest) {
            findings.invalid(image, "has no digest: write " + reference.name() + "@sha256:…");
        } else if (tag.isEmpty()) {
            findings.invalid(image, "has no tag, which means latest: name a version");
        } else if (Glob.anyMatches(forbidden, tag.get())) {
            findings.invalid(image, "the tag " + tag.get() + " is forbidden: name a version that stays");
        } else if (!allowed.isEmpty() && !Glob.anyMatches(allowed, tag.get())) {
            findings.invalid(image, "allowed tags: " + Glob.list(allowed));
        }
    }
}
