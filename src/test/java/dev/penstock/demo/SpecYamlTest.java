package dev.penstock.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpecYamlTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void leavesOutWhatTheApiServerFilledIn() throws JsonProcessingException {
        assertThat(show("spec: {suspend: false, schedule: '0 1 * * *'}", "spec: {schedule: '0 1 * * *'}"))
                .containsExactly("  spec:", "    schedule: 0 1 * * *");
    }

    @Test
    void marksWhatTheAuthorDidNotWrite() throws JsonProcessingException {
        assertThat(show("spec: {schedule: 0 1 * * *, timeZone: CET}", "spec: {timeZone: CET}", "/spec/schedule"))
                .containsExactly("  spec:", "+   schedule: 0 1 * * *", "    timeZone: CET");
    }

    @Test
    void marksWhatWasReplaced() throws JsonProcessingException {
        assertThat(show("spec: {schedule: 7 1 * * *}", "spec: {schedule: H 1 * * *}", "/spec/schedule"))
                .containsExactly("  spec:", "+   schedule: 7 1 * * *");
    }

    @Test
    void writesListsOfObjectsAndOfText() throws JsonProcessingException {
        assertThat(show(
                        "spec: {containers: [{name: a, args: [x, '1'], env: []}]}",
                        "spec: {}",
                        "/spec/containers/0/args"))
                .containsExactly("  spec:", "+   containers:", "+     - args:", "+         - x", "+         - \"1\"");
    }

    @Test
    void readsAsTheYamlThatItIs() throws JsonProcessingException {
        String manifest = "spec: {a: '1', b: 'yes: no', c: [{d: {}, e: []}], f: \"two\\nlines\", 'g/h~': null}";
        assertThat(YAML.readTree(String.join("\n", show(manifest, manifest)))).isEqualTo(YAML.readTree(manifest));
    }

    private static List<String> show(String stored, String manifest, String... changed) throws JsonProcessingException {
        return SpecYaml.of(YAML.readTree(stored), YAML.readTree(manifest), Set.of(changed)).stream()
                .map(line -> (line.penstocks() ? "+ " : "  ") + line.text())
                .toList();
    }
}
