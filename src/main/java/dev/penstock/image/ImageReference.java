package dev.penstock.image;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A container image as a manifest names it: {@code registry:5000/team/app:1.2@sha256:…}. What is left out stays left out:
 * a short name of Docker Hub is not made longer, but where its {@link #fullName()} is asked for.
 *
 * <p>Source: the grammar of distribution/reference, which container runtimes share.
 */
public final class ImageReference {
    /** The tag that an image without a tag has: container runtimes and the API server agree on it. */
    public static final String LATEST = "latest";

    /** The pull policy of an image that is asked for at each start. */
    public static final String ALWAYS = "Always";

    /** The pull policy of an image that is pulled once. */
    public static final String IF_NOT_PRESENT = "IfNotPresent";

    // Longest: a name of 255, a tag of 128, a digest; the runtimes refuse more. It also bounds what matching costs.
    private static final int MAX_LENGTH = 640;
    private static final int MAX_NAME = 255;

    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_OF_OLD = "index.docker.io";

    private static final int MAX_TAG = 128;
    // The grammar knows more algorithms; opencontainers/go-digest, which reads what it lets through, these.
    private static final Pattern DIGEST =
            Pattern.compile("sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}");

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
        ImageReference read = split(text);
        return read.fault().isEmpty() ? Optional.of(read) : Optional.empty();
    }

    /** What keeps the text from being a reference, and what would be right; empty where it is one. */
    public static String fault(String text) {
        return text.length() > MAX_LENGTH
                ? "has over " + MAX_LENGTH + " characters"
                : split(text).fault();
    }

    /**
     * The pull policy that the API server fills in for the image that it is sent, where nothing or {@code ""} is written. What is no
     * reference has no tag for it, not even the one that stands for what was left out.
     *
     * <p>Source: SetDefaults_Container and SetDefaults_Volume of core/v1, ParseImageName of util/parsers.
     */
    public static String pullPolicy(String image) {
        return parse(image)
                        .filter(reference -> reference.isUntagged() || LATEST.equals(reference.tag))
                        .isPresent()
                ? ALWAYS
                : IF_NOT_PRESENT;
    }

    private static ImageReference split(String text) {
        int at = text.indexOf('@');
        String digest = at < 0 ? null : text.substring(at + 1);
        String tagged = at < 0 ? text : text.substring(0, at);
        int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1); // one before a slash is a port's
        String tag = colon < 0 ? null : tagged.substring(colon + 1);
        String name = colon < 0 ? tagged : tagged.substring(0, colon);
        return new ImageReference(name, tag, digest);
    }

    private String fault() {
        if (name.length() > MAX_NAME) {
            return "registry and repository have over " + MAX_NAME + " characters";
        }
        if (!isName(name)) {
            return faultOfName();
        }
        if (tag != null && tag.isEmpty()) {
            return "the tag is missing behind the colon";
        }
        if (tag != null && tag.length() > MAX_TAG) {
            return "the tag has over " + MAX_TAG + " characters";
        }
        if (tag != null && !isTag(tag)) {
            return "a tag is of letters, digits, _, . and -, and begins with none of the last two";
        }
        if (digest != null && !DIGEST.matcher(digest).matches()) {
            return "a digest is sha256: and 64 hex digits, in lower case";
        }
        return "";
    }

    private String faultOfName() {
        if (name.contains("://")) {
            return "leave out what ends with ://";
        }
        if (name.chars().anyMatch(Character::isWhitespace)) {
            return "leave out the blanks";
        }
        if (isName(name.toLowerCase(Locale.ROOT))) {
            return "write the repository in lower case";
        }
        if (name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
            return "a part is missing before or behind a slash";
        }
        return "write registry/repository:tag";
    }

    private static boolean isTag(String tag) {
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if (!isLetterOrDigit(c) && c != '_' && (i == 0 || (c != '.' && c != '-'))) {
                return false;
            }
        }
        return !tag.isEmpty();
    }

    private static boolean isName(String name) {
        int from = 0;
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', from)) {
            if (!isPathPart(name, from, slash) && !(from == 0 && isHost(name.substring(0, slash)))) {
                return false;
            }
            from = slash + 1;
        }
        return isPathPart(name, from, name.length());
    }

    /** Small letters and digits, between which there may be a dot, one or two underscores, or dashes. */
    private static boolean isPathPart(String text, int from, int to) {
        int separators = 1; // before the first letter, where there may be none
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c >= 'a' && c <= 'z') || isDigit(c)) {
                separators = 0;
            } else {
                boolean repeats = separators > 0 && i > from && c == text.charAt(i - 1);
                boolean fits = separators == 0 || (repeats && (c == '-' || (c == '_' && separators == 1)));
                if (!fits || (c != '.' && c != '_' && c != '-')) {
                    return false;
                }
                separators++;
            }
        }
        return separators == 0;
    }

    /** Of a registry: a name with or without dots, or an address in brackets; and a port or none. */
    private static boolean isHost(String host) {
        int bracket = host.indexOf(']');
        int colon = host.indexOf(':', bracket + 1);
        String port = colon < 0 ? "0" : host.substring(colon + 1);
        String name = colon < 0 ? host : host.substring(0, colon);
        return !port.isEmpty()
                && port.chars().allMatch(c -> isDigit((char) c))
                && (bracket < 0 ? isDomain(name) : isAddress(name));
    }

    private static boolean isAddress(String name) {
        String address = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : "";
        return !address.isEmpty()
                && address.chars().allMatch(c -> c == ':' || (c < 128 && Character.digit(c, 16) >= 0));
    }

    /** Letters and digits, between which there may be a dot or dashes. */
    private static boolean isDomain(String name) {
        char before = '.';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fits = isLetterOrDigit(c) || (c == '.' && isLetterOrDigit(before)) || (c == '-' && before != '.');
            if (!fits) {
                return false;
            }
            before = c;
        }
        return isLetterOrDigit(before);
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
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
    static boolean isRegistry(String first) {
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
