package dev.penstock.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.yaml.UnreadableException;
import dev.penstock.yaml.YamlDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
    private static final String HEAD =
            "apiVersion: penstock.dev/v1alpha1\nkind: PipelinePolicy\nmetadata: {name: own}\n";

    @Test
    void holdsTheCronJobThatPenstockGrewFrom() {
        Layer builtIn = PolicyFile.builtIn().general();
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
    void readsADocument() throws Exception {
        assertThat(documents(HEAD + "spec: {task: score}\n"))
                .extracting(document -> document.at("/spec/task").textValue())
                .containsExactly("score");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        two                       | a: 1\\n---\\nb: 1\\n
        a line before the first   | ---\\na: 1\\n---\\nb: 1\\n
        nothing in between        | a: 1\\n---\\n# nothing\\n---\\nb: 1\\n---\\n
        an end of the first       | a: 1\\n...\\n---\\nb: 1\\n
        """)
    void readsSeveralDocuments(String story, String text) throws Exception {
        assertThat(documents(text.replace("\\n", "\n"))).containsExactly(Yaml.tree("{a: 1}"), Yaml.tree("{b: 1}"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a bracket that is not closed | spec: {task: score      | 5
        a tab for a blank            | spec:\\n\\ttask: score  | 5
        a key twice                  | spec:\\n  task: a\\n  task: b | 6
        one in the second document   | ---\\nspec: {a: 1       | 6
        a key twice in the second    | ---\\na: 1\\na: 2       | 6
        an alias of nothing          | spec: {task: *a}         | 4
        """)
    void namesTheLineOfWhatIsNoYaml(String story, String rest, int line) {
        UnreadableException why =
                refused((HEAD + rest.replace("\\n", "\n").replace("\\t", "\t") + "\n").getBytes(UTF_8));
        assertThat(why.place().line()).isEqualTo(line);
        assertThat(why.getMessage()).doesNotContain("\n");
    }

    /** Else the cluster would have another policy than the file says. */
    @Test
    void readsWhatKubectlReads() throws Exception {
        String yaml = "[y, Y, n, 0o17, 08, 09, 0B11, 0X1F, 0O17, 1.0, 1e3, 1:30, 2027-03-31, &a b, *a]";
        assertThat(documents(yaml))
                .singleElement()
                .hasToString("[true,true,false,15,8,9,3,31,15,1,1000,\"1:30\"," + "\"2027-03-31\",\"b\",\"b\"]");
        assertThat(documents("{\n\t\"a\": 1.0}")).singleElement().hasToString("{\"a\":1}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an empty file        | ``
        a comment alone      | # nothing
        null                 | null
        a line               | ---
        """)
    void refusesNothing(String story, String text) {
        assertThat(refused(text.getBytes(UTF_8))).hasMessage("holds no document");
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThat(refused(new byte[] {'a', ':', ' ', (byte) 0xc3, 0x28, 0, 1})).isNotNull();
    }

    @Test
    void refusesAnEndlessNest() {
        assertThat(refused(("a: " + "[".repeat(20_000)).getBytes(UTF_8))).isNotNull();
    }

    private static List<JsonNode> documents(String text) throws IOException, UnreadableException {
        return PolicyFile.documents(new ByteArrayInputStream(text.getBytes(UTF_8))).stream()
                .map(YamlDocument::value)
                .toList();
    }

    private static UnreadableException refused(byte[] yaml) {
        return catchThrowableOfType(
                UnreadableException.class, () -> PolicyFile.documents(new ByteArrayInputStream(yaml)));
    }
}
