package dev.penstock.policy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How Kubernetes lets things be called. Source: apimachinery, util/validation. */
public final class KubernetesNames {
    /** What would be right where {@link #isDnsLabel} says no. */
    public static final String DNS_LABEL_FORM = "lower-case letters, digits and -, at most 63";

    /** The same of a container. */
    static final String CONTAINER = "must be a container's name: " + DNS_LABEL_FORM;

    /** What would be right where {@link #isLabelValue} says no. */
    static final String LABEL_VALUE_FORM = "letters, digits, -, _ and ., at most 63";

    private static final String PART = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"; // bounded by the whole alone
    private static final int LONGEST_SUBDOMAIN = 253;

    // Of a key behind its prefix, and of a value.
    private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";

    private static final int LONGEST_LABEL = 63;
    private static final Pattern DNS_SUBDOMAIN = Pattern.compile(PART + "(\\." + PART + ")*");
    private static final Pattern LABEL_NAME = Pattern.compile(NAME);

    // core/helper, IsStandardContainerResourceName; there are huge pages beside.
    private static final Set<String> RESOURCES = Set.of("cpu", "memory", "ephemeral-storage");

    private KubernetesNames() {}

    /** Whether a namespace or a container may be called so: IsDNS1123Label. */
    public static boolean isDnsLabel(String name) {
        if (name.isEmpty() || name.length() > LONGEST_LABEL || name.startsWith("-") || name.endsWith("-")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) { // asked of every review, so that an expression would cost
            char c = name.charAt(i);
            if (c != '-' && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    /** Whether an object may be called so, such as a Secret: IsDNS1123Subdomain. */
    public static boolean isDnsSubdomain(String name) {
        return name.length() <= LONGEST_SUBDOMAIN && DNS_SUBDOMAIN.matcher(name).matches();
    }

    /** Whether a label may have this key: IsQualifiedName. */
    public static boolean isLabelKey(String key) {
        int slash = key.indexOf('/');
        return (slash < 0 || isDnsSubdomain(key.substring(0, slash)))
                && LABEL_NAME.matcher(key.substring(slash + 1)).matches();
    }

    /** Whether an annotation may have this key: ValidateAnnotations. */
    public static boolean isAnnotationKey(String key) {
        return isLabelKey(key.toLowerCase(Locale.ROOT));
    }

    /** Whether less of the resource may be requested than its limit is: IsOvercommitAllowed. */
    static boolean isOvercommitted(String resource) {
        return RESOURCES.contains(resource);
    }

    /** Whether a container may ask for a resource that is called so: validateContainerResourceName. */
    public static boolean isContainerResource(String name) {
        boolean known = name.indexOf('/') < 0
                ? RESOURCES.contains(name) || name.startsWith("hugepages-")
                : !name.startsWith("requests."); // as a quota has it
        return known && isLabelKey(name);
    }

    /** Whether a label may have this value, which may be empty: IsValidLabelValue. */
    public static boolean isLabelValue(String value) {
        return value.isEmpty() || LABEL_NAME.matcher(value).matches();
    }
}
