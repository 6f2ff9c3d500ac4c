package dev.penstock.rules;

import dev.penstock.manifest.EditableField;
import java.util.Set;
import java.util.TreeSet;

/** None, but that the author is told of labels and annotations of Penstock's that there are not, such as misspelt ones. */
final class AddressDefaults implements Defaults {
    private static final String OURS = "penstock.dev/";
    private static final Set<String> LABELS = Set.of("pipeline");
    private static final Set<String> ANNOTATIONS = Set.of("image", "keep", "refresh", "task", "tasks");
    private static final String MEMORY = "defaulted"; // nobody's to write
    private static final String OF_A_STEP = "image.";
    private static final int MOST = 10; // they may come from anyone

    @Override
    public void fill(Draft draft) {
        if (draft.defaulter().manifestSpeaks()) {
            tell(draft.cronJob().at("metadata", "labels"), "label", LABELS, draft);
            tell(draft.annotations(), "annotation", ANNOTATIONS, draft);
        }
    }

    private static void tell(EditableField map, String what, Set<String> known, Draft draft) {
        map.names().stream()
                .filter(key -> key.startsWith(OURS) && !isKnown(key.substring(OURS.length()), known))
                .limit(MOST)
                .forEach(key -> draft.defaulter()
                        .tell(
                                map.at(key),
                                "is no " + what + " that Penstock knows; known are: "
                                        + String.join(", ", new TreeSet<>(known))));
    }

    private static boolean isKnown(String name, Set<String> known) {
        boolean isAnnotation = known.equals(ANNOTATIONS);
        return known.contains(name) || (isAnnotation && (name.equals(MEMORY) || name.startsWith(OF_A_STEP)));
    }
}
