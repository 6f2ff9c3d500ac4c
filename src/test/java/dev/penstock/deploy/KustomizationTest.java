package dev.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shipped is written so that each kubectl can build it. */
class KustomizationTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    static List<Path> kustomizations() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("deploy"))) {
            return files.filter(file -> file.endsWith("kustomization.yaml")).toList();
        }
    }

    /** The kustomize of kubectl 1.32 crashes where one patch deletes more than one. */
    @ParameterizedTest
    @MethodSource("kustomizations")
    void patchesOneObjectAtATime(Path kustomization) throws IOException {
        for (JsonNode patch : YAML.readTree(kustomization.toFile()).path("patches")) {
            String text = patch.has("path")
                    ? Files.readString(
                            kustomization.resolveSibling(patch.path("path").asText()))
                    : patch.path("patch").asText();
            List<JsonNode> documents =
                    YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
            assertThat(documents).as(text).hasSize(1);
        }
    }
}
