package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is special about volumes. */
final class Volumes {
    private Volumes() {}

    /**
     * {@code patchStrategy: retainKeys}: client-side apply of a changed one leaves nothing of what it was.
     *
     * @param result of merging the manifest into the object; is written to
     */
    static ObjectNode retained(ObjectNode result, ObjectNode object, ObjectNode manifest) {
        for (JsonNode volume : Yaml.podSpec(result).path("volumes")) {
            List<String> step = List.of(Keyed.step("volumes", volume));
            JsonNode before = Keyed.get(Yaml.podSpec(object).path("volumes"), step);
            JsonNode written = Keyed.get(Yaml.podSpec(manifest).path("volumes"), step);
            if (written.isObject() && !volume.equals(before)) {
                ((ObjectNode) volume)
                        .retain(written.properties().stream()
                                .map(member -> member.getKey())
                                .toList());
            }
        }
        return result;
    }

    /** Whether a volume is there for its mounts alone: a new pipeline mounts one of this name and has none. */
    static boolean isOneKept(ObjectNode object, ObjectNode fresh) {
        Set<String> kept = names(Yaml.podSpec(object).path("volumes"));
        kept.removeAll(names(Yaml.podSpec(fresh).path("volumes")));
        return Stream.of("containers", "initContainers")
                .flatMap(list -> Yaml.podSpec(fresh).path(list).valueStream())
                .flatMap(container -> names(container.path("volumeMounts")).stream())
                .anyMatch(kept::contains);
    }

    private static Set<String> names(JsonNode list) {
        return list.valueStream().map(each -> each.path("name").asText()).collect(Collectors.toSet());
    }
}
