package dev.penstock.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a field stands in a manifest. Immutable; a child shares its parent.
 *
 * <p>It has three spellings: {@link #toString()} for people ({@code spec.containers[0].image}), {@link #stable()} for
 * comparing two versions of an object ({@code spec.containers[main].image}), {@link #pointer()} for patches ({@code
 * /spec/containers/0/image}).
 */
public final class FieldPath {
    /** The object itself. */
    public static final FieldPath ROOT = new FieldPath(null, "", -1);

    // Kubernetes spells the keys of these as field.Path.Key does, in brackets: apimachinery, field/path.go.
    private static final Set<String> MAPS =
            Set.of("labels", "annotations", "limits", "requests", "nodeSelector", "matchLabels");

    // Of a CronJob: batch/v1 CronJobSpec and JobSpec.
    private static final FieldPath SPEC = ROOT.member("spec");

    /** When a CronJob runs. */
    public static final FieldPath SCHEDULE = SPEC.member("schedule");

    /** The spec of the Jobs that a CronJob makes. */
    public static final FieldPath JOB = SPEC.member("jobTemplate").member("spec");

    /** What the pods of those are made from. */
    public static final FieldPath POD_TEMPLATE = JOB.member("template");

    /** The spec of those pods. */
    public static final FieldPath POD_SPEC = POD_TEMPLATE.member("spec");

    private static final String INIT_CONTAINERS = "initContainers";
    private static final String CONTAINERS = "containers";

    /** The lists of that which hold containers, in the order in which they run. */
    public static final List<String> CONTAINER_LISTS = List.of(INIT_CONTAINERS, CONTAINERS);

    /** What a container may have of probes. */
    public static final Set<String> PROBES = Set.of("livenessProbe", "readinessProbe", "startupProbe");

    private static final String IN_POD_SPEC = POD_SPEC.stable() + ".";

    private final @Nullable FieldPath parent;
    private final String name; // of a member; for an element, its merge key's value or ""
    private final int index; // of an element; -1 for a member
    // Each is spelled when it is first asked, of what the parent's is; the same whoever spells it.
    private @Nullable String positional;
    private @Nullable String stable;
    private @Nullable String inFieldSet;

    private FieldPath(@Nullable FieldPath parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /** The member of this name. */
    public FieldPath member(String memberName) {
        return new FieldPath(this, memberName, -1);
    }

    /**
     * An element of a list.
     *
     * @param position from 0
     * @param key what Kubernetes merges the list by, such as a container's name; empty where there is none
     */
    public FieldPath element(int position, String key) {
        return new FieldPath(this, key, position);
    }

    /** The field that holds this one; the object itself for the object. */
    public FieldPath parent() {
        return parent == null ? this : parent;
    }

    /** Whether it is the object itself. */
    public boolean isRoot() {
        return parent == null;
    }

    /** The member's name; for an element of a list its merge key's value, or the empty string. */
    public String name() {
        return name;
    }

    /** Whether it is an element of a list. */
    public boolean isElement() {
        return index >= 0;
    }

    /** Whether it is an element of one of the {@link #CONTAINER_LISTS}. */
    public boolean isContainer() {
        if (!isElement()) {
            return false;
        }
        String list = parent().name;
        return list.equals(CONTAINERS) || list.equals(INIT_CONTAINERS); // asked so often that contains would cost
    }

    /** Whether it is one of the {@link #PROBES}. */
    public boolean isProbe() {
        return !isElement() && PROBES.contains(name);
    }

    /** What a field set of {@code managedFields} calls the member: {@code f:} and its name. */
    String inFieldSet() {
        String spelled = inFieldSet;
        if (spelled == null) {
            spelled = "f:" + name;
            inFieldSet = spelled;
        }
        return spelled;
    }

    int index() {
        return index;
    }

    /** Kubernetes' spelling, with elements by position. */
    @Override
    public String toString() {
        String spelled = positional;
        if (spelled == null) {
            spelled = parent == null ? "" : spell(parent.toString(), false);
            positional = spelled;
        }
        return spelled;
    }

    /** The same with elements by merge key where they have one, so that an element put in front changes nothing. */
    public String stable() {
        String spelled = stable;
        if (spelled == null) {
            spelled = parent == null ? "" : spell(parent.stable(), true);
            stable = spelled;
        }
        return spelled;
    }

    /** The stable spelling without what each path of a pod's spec has in front, as warnings have it: {@code containers[main].image}. */
    public String brief() {
        return withoutPodSpec(stable());
    }

    static String withoutPodSpec(String spelled) {
        return spelled.startsWith(IN_POD_SPEC) ? spelled.substring(IN_POD_SPEC.length()) : spelled;
    }

    /** The names of a stable path, from the outside in: of members, and of elements their key or position. */
    static List<String> names(String stable) {
        List<String> names = new ArrayList<>(12);
        int i = 0;
        while (i < stable.length()) {
            int end;
            if (stable.charAt(i) == '[' && stable.startsWith("\"", i + 1)) {
                end = endOfQuotes(stable, i + 2);
                names.add(stable.substring(i + 2, end).replaceAll("\\\\(.)", "$1"));
                end += 2;
            } else if (stable.charAt(i) == '[') {
                end = indexOf(stable, ']', i);
                names.add(stable.substring(i + 1, end++));
            } else {
                i += stable.charAt(i) == '.' ? 1 : 0;
                end = Math.min(indexOf(stable, '.', i), indexOf(stable, '[', i));
                names.add(stable.substring(i, end));
            }
            i = end;
        }
        return names;
    }

    private static int indexOf(String text, char c, int from) {
        int index = text.indexOf(c, from);
        return index < 0 ? text.length() : index;
    }

    private static int endOfQuotes(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, text.length());
    }

    /** Whether this is what the last name of a stable path would call it. */
    boolean isCalled(String lastName) {
        return name.isEmpty() ? lastName.equals(String.valueOf(index)) : name.equals(lastName);
    }

    /** @param holder the parent's spelling */
    private String spell(String holder, boolean byKey) {
        StringBuilder out = new StringBuilder(holder.length() + name.length() + 4).append(holder);
        if (index >= 0) {
            return (byKey && !name.isEmpty()
                            ? out.append('[').append(quoted(name))
                            : out.append('[').append(index))
                    .append(']')
                    .toString();
        }
        if (!parent().isMap() && isIdentifier(name)) {
            return holder.isEmpty() ? name : out.append('.').append(name).toString();
        }
        return out.append('[').append(quoted(name)).append(']').toString();
    }

    private boolean isMap() {
        return index < 0 && MAPS.contains(name); // a container may be called limits
    }

    private static String quoted(String key) {
        return key.indexOf(']') >= 0 || key.indexOf('"') >= 0
                ? '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : key;
    }

    private static boolean isIdentifier(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '_' && c != '-') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** As RFC 6901 has it. */
    public String pointer() {
        return point(new StringBuilder(64)).toString();
    }

    private StringBuilder point(StringBuilder out) {
        if (parent == null) {
            return out;
        }
        parent.point(out).append('/');
        return index >= 0
                ? out.append(index)
                : out.append(name.replace("~", "~0").replace("/", "~1"));
    }

    /** Whether it is the same place: an element's position counts, not its key. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldPath path
                && index == path.index
                && (isElement() || name.equals(path.name))
                && Objects.equals(parent, path.parent);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(parent) + (isElement() ? index : name.hashCode());
    }
}
