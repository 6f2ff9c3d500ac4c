package dev.penstock.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields that the author wants left as they are: the annotation {@code penstock.dev/keep}, paths separated by commas or
 * blanks. A path stands for all below it too, and may be {@linkplain FieldPath#brief() brief}; a last name alone for the field that
 * Penstock would fill in and that is called so. Elements of lists go by their names: their positions change.
 *
 * <p>Not thread-safe: it remembers what it was asked, to tell names that were of no use.
 */
final class Keep {
    // A key in brackets may hold what separates. Possessive: what cannot be a name must not cost stack.
    private static final Pattern NAME =
            Pattern.compile("(?:\\[\"(?:\\\\.|[^\"\\\\]++)*+\"]|\\[[^\\]\"]*+]|[^\\s,\\[]++)++");

    private final Set<String> names;
    private final Set<String> paths = new HashSet<>(); // the names that were a path
    private final Map<String, Set<String>> lastNames = new TreeMap<>(); // those that were none → the fields called so
    private final Map<String, FieldPath> positions = new HashMap<>(); // those that go by a position → what is there

    private Keep(Set<String> names) {
        this.names = names;
    }

    static Keep of(Field object) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAME.matcher(
                object.at("metadata", "annotations", Intent.KEEP).asText().orElse(""));
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return new Keep(names);
    }

    /** Whether the author wants this field left as it is. */
    boolean names(FieldPath path) {
        if (names.isEmpty()) {
            return false;
        }
        for (FieldPath holder = path; !holder.isRoot(); holder = holder.parent()) {
            for (String spelled : spellings(holder.stable())) {
                if (names.contains(spelled)) {
                    paths.add(spelled);
                    return true;
                }
            }
            for (String spelled : spellings(holder.toString())) {
                if (names.contains(spelled)) {
                    positions.putIfAbsent(spelled, holder);
                }
            }
        }
        if (!names.contains(path.name())) {
            return false;
        }
        lastNames.computeIfAbsent(path.name(), name -> new TreeSet<>()).add(path.stable());
        return true;
    }

    /** A path, and the same in brief; where that is a name alone, it is a last name. */
    private static List<String> spellings(String path) {
        String brief = FieldPath.withoutPodSpec(path);
        return brief.indexOf('.') < 0 && brief.indexOf('[') < 0 ? List.of(path) : List.of(path, brief);
    }

    /** What the author should know of names that say nothing, or more than one thing; a line each. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (String name : names) {
            Set<String> called = lastNames.getOrDefault(name, Set.of());
            if (called.size() > 1) {
                complaints.add(
                        "keeps " + called.size() + " fields called " + name + "; write the path of the one you mean");
            } else if (called.isEmpty() && !paths.contains(name)) {
                FieldPath there = positions.get(name);
                complaints.add(
                        there == null
                                ? "names " + name + ", which is no field that is filled in here"
                                : "names " + name + " by its position, which may change; write " + there.brief());
            }
        }
        return complaints;
    }
}
