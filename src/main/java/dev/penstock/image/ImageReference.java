package dev.penstock.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A container image as a manifest names it: {@code registry:5000/team/app:1.2@sha256:…}. What is left out stays left out:
 * a short name of Docker Hub is not made longer, but where its {@link #fullName()} is asked for.
 *
 * <p>Source: the grammar of distribution/reference, which container runtimes share.
 */
public final class ImageReference {
    // Longest: a name of 255, a tag of 128, a digest; the runtimes refuse more. It also bounds what matching costs.
    private static final int MAX_LENGTH = 640;
    private static final int MAX_NAME = 255;

    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_OF_OLD = "index.docker.io";

    // Possessive: what follows each part is no character of it, so that going back finds nothing else and costs.
    private static final String HOST_PART = "[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+";
    private static final String HOST =
            "(?:" + HOST_PART + "(?:\\." + HOST_PART + ")*+|\\[[a-fA-F0-9:]++])(?::[0-9]++)?+";
    private static final String PATH_PART = "[a-z0-9]++(?:(?:\\.|__?+|-++)[a-z0-9]++)*+";
    // The grammar knows more algorithms; opencontainers/go-digest, which reads what it lets through, these.
    private static final String DIGEST = "sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}";
    private static final Pattern FORM = Pattern.compile("(?<name>(?:" + HOST + "/)?" + PATH_PART + "(?:/" + PATH_PART
            + ")*+)(?::(?<tag>[0-9A-Za-z_][0-9A-Za-z_.-]{0,127}+))?+(?:@(?<digest>" + DIGEST + "))?+");

    private final String name;
    private final @Nullable String tag;
    private final @Nullable String digest;

    private ImageReference(String name, @Nullable String tag, @Nullable String digest) {
        this.name = name;
        this.tag = tag;
        this.digest = digest;
    }

    /** The reference; empty where a container runtime would not read the text as one. */
    public static Optional<ImageReference> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || matcher.group("name").length() > MAX_NAME) {
            return Optional.empty();
        }
        return Optional.of(new ImageReference(matcher.group("name"), matcher.group("tag"), matcher.group("digest")));
    }

    /** Registry and repository as they were written, such as {@code registry:5000/team/app}. */
    public String name() {
        return name;
    }

    /**
     * Registry and repository in full, as container runtimes complete them: {@code docker.io/library/app} for {@code app},
     * {@code docker.io/team/app} for {@code team/app}.
     */
    public String fullName() {
        int slash = name.indexOf('/');
        String first = name.substring(0, Math.max(slash, 0));
        if (!isRegistry(first)) {
            return onDockerHub(name);
        }
        return first.equals(DOCKER_HUB) || first.equals(DOCKER_HUB_OF_OLD)
                ? onDockerHub(name.substring(slash + 1))
                : name;
    }

    private static String onDockerHub(String repository) {
        return DOCKER_HUB + (repository.indexOf('/') < 0 ? "/library/" : "/") + repository;
    }

    /** Whether the first part of a name, before a slash, is a registry, and not a user of Docker Hub. */
    public static boolean isRegistry(String first) {
        // distribution/reference: splitDockerDomain.
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || first.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
    }

    /** Empty where none was written, which container runtimes read as {@code latest}. */
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    /** Such as {@code sha256:…}; it fixes the image, whatever the tag. */
    public Optional<String> digest() {
        return Optional.ofNullable(digest);
    }

    /** Whether neither a tag nor a digest was written. */
    public boolean isUntagged() {
        return tag == null && digest == null;
    }

    /** The same image with another tag. */
    public ImageReference withTag(String newTag) {
        return new ImageReference(name, newTag, digest);
    }

    @Override
    public String toString() {
        return name + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
