package dev.penstock.manifest;

import java.util.Arrays;
import java.util.List;

/**
 * Places in a manifest as tables write them: member names and positions apart by {@code /}, a position with the element's
 * merge key where it has one, {@code ~1} for a slash: {@code spec/containers/0=main/image}.
 */
final class Notation {
    private Notation() {}

    static FieldPath path(String text) {
        FieldPath path = FieldPath.ROOT;
        for (String step : steps(text)) {
            String[] parts = step.split("=", 2);
            path = isPosition(step)
                    ? path.element(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "")
                    : path.member(step);
        }
        return path;
    }

    static Field field(Field root, String text) {
        Field field = root;
        for (String step : steps(text)) {
            field = isPosition(step) ? field.elements().get(Integer.parseInt(step.split("=", 2)[0])) : field.at(step);
        }
        return field;
    }

    private static List<String> steps(String text) {
        return Arrays.stream(text.split("/"))
                .filter(step -> !step.isEmpty())
                .map(step -> step.replace("~1", "/"))
                .toList();
    }

    private static boolean isPosition(String step) {
        return step.matches("[0-9]+(=.*)?");
    }
}
