package dev.penstock.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code spec} of a stored object as YAML: what its author wrote and what Penstock wrote, but not what the API server
 * filled in.
 */
final class SpecYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private final JsonNode manifest;
    private final Set<String> changed;
    private final List<Line> lines = new ArrayList<>();

    /** @param penstocks whether the author did not write it */
    record Line(String text, boolean penstocks) {}

    private SpecYaml(JsonNode manifest, Set<String> changed) {
        this.manifest = manifest;
        this.changed = changed;
    }

    /**
     * @param stored the object
     * @param manifest what its author wrote
     * @param changed the JSON pointers of what Penstock wrote
     */
    static List<Line> of(JsonNode stored, JsonNode manifest, Set<String> changed) {
        SpecYaml yaml = new SpecYaml(manifest, changed);
        yaml.member("spec", stored.path("spec"), "/spec", "", "");
        return yaml.lines;
    }

    private void members(JsonNode object, String pointer, String lead, String indent) {
        String start = lead;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (isShown(at)) {
                member(name, member.getValue(), at, start, indent);
                start = indent; // the first one stands beside the dash of its list
            }
        }
    }

    private void member(String name, JsonNode value, String pointer, String start, String indent) {
        String key = start + scalar(YAML.getNodeFactory().textNode(name)) + ":";
        if (value.isEmpty()) { // so is every scalar
            add(key + " " + scalar(value), pointer);
            return;
        }
        add(key, pointer);
        if (value.isObject()) {
            members(value, pointer, indent + "  ", indent + "  ");
        } else {
            elements(value, pointer, indent + "  ");
        }
    }

    private void elements(JsonNode list, String pointer, String indent) {
        for (int i = 0; i < list.size(); i++) {
            String at = pointer + "/" + i;
            if (list.get(i).isObject()) {
                members(list.get(i), at, indent + "- ", indent + "  ");
            } else {
                add(indent + "- " + scalar(list.get(i)), at);
            }
        }
    }

    private void add(String text, String pointer) {
        lines.add(new Line(text, isPenstocks(pointer) || !isAuthors(pointer)));
    }

    private boolean isShown(String pointer) {
        if (isAuthors(pointer) || isPenstocks(pointer)) {
            return true;
        }
        return changed.stream().anyMatch(change -> change.startsWith(pointer + "/"));
    }

    private boolean isAuthors(String pointer) {
        return !manifest.at(pointer).isMissingNode();
    }

    private boolean isPenstocks(String pointer) {
        return changed.contains(pointer);
    }

    /** One that stays on its line: a text of several is written as JSON, which is YAML too. */
    private static String scalar(JsonNode value) {
        if (value.asText().contains("\n")) {
            return value.toString();
        }
        try {
            return YAML.writeValueAsString(value).stripTrailing();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
