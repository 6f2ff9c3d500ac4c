package dev.penstock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows of this repository call what there is, from places that stay what they are, with no more rights than they need. */
class WorkflowsTest {
    private static final Path FOLDER = Path.of(".github/workflows");
    private static final Pattern PROGRAM = Pattern.compile("(?:^|\\s)(\\.(?:/mvnw|ci/\\w+))((?: \\w+)*)");
    private static final Pattern PINNED =
            Pattern.compile("[\\w-]+/[\\w-]+@(v\\d+|[0-9a-f]{40})|\\./\\.github/workflows/\\w+\\.yaml");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static JsonNode read(Path workflow) throws IOException {
        return Yaml.tree(Files.readString(workflow).replaceFirst("(?m)^on:", "\"on\":"));
    }

    private static List<JsonNode> all(JsonNode workflow, String key) {
        return workflow.findValues(key);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workflows")
    void callWhatThereIs(Path workflow) throws Exception {
        String run = Files.readString(Path.of(".ci/run"));
        for (JsonNode command : all(read(workflow), "run")) {
            for (MatchResult call : PROGRAM.matcher(command.asText()).results().toList()) {
                assertThat(Path.of(call.group(1))).isExecutable();
                if (call.group(1).equals(".ci/run")) {
                    assertThat(call.group(2).strip().split(" "))
                            .allSatisfy(stage -> assertThat(run).contains("\n" + stage + "() {", "  [" + stage + "]="));
                }
            }
        }
        for (JsonNode file : all(read(workflow), "file")) {
            assertThat(Path.of(file.asText())).exists();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workflows")
    void callWhatStaysWhatItIs(Path workflow) throws Exception {
        for (JsonNode action : all(read(workflow), "uses")) {
            assertThat(action.asText()).matches(PINNED);
            if (action.asText().startsWith("./")) {
                assertThat(Path.of(action.asText())).exists();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workflows")
    void mayReadAndDoNoMoreUnlessAJobSaysSo(Path workflow) throws Exception {
        JsonNode read = read(workflow);
        assertThat(read.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(read.path("concurrency").path("group").asText()).contains("github.ref");
        assertThat(read.path("jobs"))
                .allSatisfy(job -> assertThat(
                                job.has("uses") || job.path("timeout-minutes").isInt())
                        .isTrue());
    }
}
