package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.yaml.YamlDocument;
import dev.penstock.yaml.YamlFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "a ",
                " a",
                "~",
                "null",
                "Null",
                "NULL",
                "y",
                "Y",
                "n",
                "yes",
                "No",
                "on",
                "Off",
                "true",
                "False",
                "1",
                "-1",
                "+1",
                "1_000",
                "0x1F",
                "0b11",
                "0o17",
                "017",
                "08",
                "1e3",
                "1.5",
                ".5",
                "1.",
                ".inf",
                "-.Inf",
                ".nan",
                "1:30",
                "1:30:00",
                "190:20:30.15",
                "2001-01-01",
                "2001-12-14t21:59:43.10-05:00",
                "=",
                "<<",
                "-",
                "- a",
                "?",
                "? a",
                ":",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "'",
                "\"",
                "'a'",
                "\"a\"",
                "!tag",
                "&a",
                "*a",
                "%a",
                "@a",
                "`a",
                "{",
                "}",
                "[",
                "]",
                "{a}",
                ",",
                "|",
                ">",
                "a\nb",
                "a\n",
                "\n",
                "\na",
                " a\nb",
                "a\n b\n\n",
                "a\tb",
                "\ta",
                "a\rb",
                "a\r\nb",
                "---",
                "--- a",
                "...",
                "a\n---\nb",
                "ä漢😀",
                "\u0085",
                "a\nb\u0085c",
                "\u0085\n",
                "a\u2028b",
                "a\nb\u2028c",
                "a\nb\u2029c",
                "\uFEFFa",
                "\u0007",
                "\u007F",
                "\\",
                "\\n",
                "18446744073709551616",
                "1e400",
                "0.1e-400",
                "a\n  b",
                "# a\nb",
                "%YAML 1.1",
                "0 1 * * *",
                "H 2 * * *"
            })
    void kubectlReadsBackWhatIsWritten(String text) throws Exception {
        ObjectNode manifest = (ObjectNode) JSON.readTree("""
                {"apiVersion": "batch/v1", "kind": "CronJob",
                 "metadata": {"name": "a", "labels": {"penstock.dev/pipeline": "default"}},
                 "spec": {"jobTemplate": {"spec": {"template": {"spec": {"containers":
                   [{"name": "main", "image": "a:1", "args": ["run"]}]}}}}}}""");
        ObjectNode mine = manifest.withObject("/spec/mine");
        mine.put("value", text);
        mine.put(text, "key");
        mine.putArray("list").add(text).addArray().add(text);
        String file =
                Files.writeString(folder.resolve("a.json"), manifest.toString()).toString();
        String yaml = Run.of("review", "-o", "yaml", "-f", file).out();
        List<YamlDocument> documents = YamlFile.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .documents();
        assertThat(documents).hasSize(1);
        assertThat(documents.get(0).value().at("/spec/mine")).hasToString(mine.toString());
    }

    /** What is committed so has no difference from what is stored: {@code docs/ci.md}. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{schedule: H 2 * * *}"})
    void withoutWhatIsRememberedItSaysAllItself(String spec) throws Exception {
        String manifest = Files.readString(Path.of("samples/minimal.yaml")).replace("spec: {}", "spec: " + spec);
        Path file = Files.writeString(folder.resolve("a.yaml"), manifest);
        String stored = Run.of("review", "-o", "yaml", "-f", file.toString()).out();
        String committed = stored.replaceFirst("(?m)^    penstock.dev/defaulted: .*\\R", "");
        assertThat(committed).isNotEqualTo(stored);
        Files.writeString(file, committed);
        assertThat(Run.of("review", "-o", "yaml", "--diff", "-f", file.toString()))
                .isEqualTo(new Run(0, "", ""));
    }
}
