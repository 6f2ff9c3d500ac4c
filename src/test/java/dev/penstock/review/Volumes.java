package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.List;

/** {@code patchStrategy: retainKeys} of volumes: client-side apply of a changed one leaves nothing of what it was. */
final class Volumes {
    private Volumes() {}

    /** @param result of merging the manifest into the object; is written to */
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
}
