package dev.penstock.rules;

import dev.penstock.image.ImageReference;
import dev.penstock.policy.PolicyNode;
import java.util.List;
import java.util.Optional;

/**
 * {@code imageRegistry}: each image's full name, as container runtimes complete it, begins with an allowed prefix that ends
 * where a part of the name does: {@code registry.example.com/team} does not allow {@code registry.example.com/team-evil}.
 *
 * <p>Images that are mounted as volumes count as well: what they hold can be run.
 */
final class ImageRegistryValidation implements Validation {
    private final List<String> prefixes; // any where it is empty
    private final String allowed;

    ImageRegistryValidation(PolicyNode parameters) {
        parameters.only("action", "allow");
        PolicyNode allow = parameters.at("allow");
        prefixes = allow.someTexts();
        allowed = "allowed: " + String.join(", ", prefixes);
        for (String prefix : prefixes) {
            if (!allowsSome(prefix)) {
                allow.problem(
                        "must list beginnings of full names such as registry.example.com/team or docker.io/library/, without"
                                + " scheme, tag, digest and *, and not \"" + prefix + "\"");
            }
        }
    }

    /** Whether an image below the prefix is allowed by it, as none is below {@code team/}, {@code https://} or a tag. */
    private static boolean allowsSome(String prefix) {
        return ImageReference.parse(prefix + (prefix.endsWith("/") ? "a" : "/a"))
                .filter(image -> begins(image.fullName(), prefix))
                .isPresent();
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        if (!prefixes.isEmpty()) {
            pipeline.images().forEach(image -> check(image, findings));
        }
    }

    private void check(Image image, Findings findings) {
        Optional<String> name = image.reference().map(ImageReference::fullName);
        if (name.isEmpty()) {
            findings.invalid(image.field(), "not an image reference, so that its registry is not known; " + allowed);
        } else if (prefixes.stream().noneMatch(prefix -> begins(name.get(), prefix))) {
            String is = image.text().startsWith(name.get()) ? "" : "is " + name.get() + "; ";
            findings.invalid(image.field(), is + allowed);
        }
    }

    private static boolean begins(String name, String prefix) {
        return name.startsWith(prefix)
                && (prefix.endsWith("/") || name.length() == prefix.length() || name.charAt(prefix.length()) == '/');
    }
}
