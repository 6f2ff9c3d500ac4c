package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
    private static final String HEAD =
            "apiVersion: penstock.dev/v1alpha1\nkind: PipelinePolicy\nmetadata: {name: own}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void holdsTheCronJobThatPenstockGrewFrom() {
        PipelinePolicy builtIn = PolicyFile.builtIn();
        assertThat(builtIn.containerName()).isEqualTo("ml-pipeline-container");
        assertThat(builtIn.arguments()).containsExactly("--task", "${task}");
        assertThat(builtIn.task()).isEqualTo("run-pipeline");
        assertThat(builtIn.imageTag()).isNull();
        assertThat((JsonNode) builtIn.defaults())
                .isEqualTo(
                        Yaml.tree(
                                "{spec: {schedule: 0 1 * * *, jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure}}}}}}"));
    }

    @Test
    void readsAFile() throws Exception {
        PipelinePolicy policy = PolicyFile.read(file(HEAD + "spec: {task: score}\n"));
        assertThat(policy.name()).isEqualTo("own");
        assertThat(policy.task()).isEqualTo("score");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a bracket that is not closed | spec: {task: score      | line 5:
        a tab for a blank            | spec:\\n\\ttask: score  | line 5:
        a key twice                  | spec:\\n  task: a\\n  task: b | line 6:
        a second document            | ---\\nkind: b           | line 5:
        an alias                     | spec: &a {task: x}\\nmore: *a | line 5:
        an alias for a key           | spec:\\n  &a task: x\\n  *a : y | line 6:
        """)
    void namesTheLineOfWhatIsNoYaml(String story, String rest, String line) throws Exception {
        List<PolicyProblem> problems =
                problems(file(HEAD + rest.replace("\\n", "\n").replace("\\t", "\t") + "\n"));
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).path()).isEmpty();
        assertThat(problems.get(0).message()).startsWith(line).doesNotContain("\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an empty file        | ``                  | kind
        a comment alone      | # nothing           | kind
        another document     | kind: CronJob       | kind
        a wrong key          | speck: {}           | speck
        """)
    void namesWhatIsNoPolicy(String story, String text, String path) throws Exception {
        assertThat(problems(file(text))).extracting(PolicyProblem::path).contains(path);
    }

    @Test
    void refusesBytesThatAreNoText() throws Exception {
        Path file = Files.write(folder.resolve("policy.yaml"), new byte[] {'a', ':', ' ', (byte) 0xc3, 0x28, 0, 1});
        assertThat(problems(file)).hasSize(1);
    }

    @Test
    void refusesAnEndlessNest() throws Exception {
        assertThat(problems(file("a: " + "[".repeat(20_000)))).hasSize(1);
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none.yaml"))).isInstanceOf(UncheckedIOException.class);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), text, StandardCharsets.UTF_8);
    }

    private static List<PolicyProblem> problems(Path file) {
        return catchThrowableOfType(InvalidPolicyException.class, () -> PolicyFile.read(file))
                .problems();
    }
}
