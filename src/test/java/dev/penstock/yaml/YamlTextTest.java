package dev.penstock.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class YamlTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a quoted yes is a text         | a: 'yes'                        | {"a":"yes"}
        a tag says what it is          | a: !!int '5'                    | {"a":5}
        keys are texts                 | {1: a, on: b, 'c': c}           | {"1":"a","true":"b","c":"c"}
        an alias                       | {a: &x {b: 1}, c: *x}           | {"a":{"b":1},"c":{"b":1}}
        a merge                        | {a: &x {b: 1, c: 2}, d: {<<: *x, c: 3}} | {"a":{"b":1,"c":2},"d":{"b":1,"c":3}}
        of a key and a merge the later counts | {a: &x {b: 1, c: 2}, d: {b: 3, <<: *x, c: 4}} | {"a":{"b":1,"c":2},"d":{"b":1,"c":4}}
        of two merges too              | {a: &x {b: 1}, c: &y {b: 2}, d: {<<: *x, <<: *y}} | {"a":{"b":1},"c":{"b":2},"d":{"b":2}}
        of merges in a list the first  | {a: &x {b: 1}, c: &y {b: 2}, d: {<<: [*x, *y]}} | {"a":{"b":1},"c":{"b":2},"d":{"b":1}}
        a tag makes a text             | [!!str 12, !!str ~, ! 12, ! '12'] | ["12","~","12","12"]
        a tab is a blank               | a:\\t1\\nb: "c"\\t# d           | {"a":1,"b":"c"}
        a tab in a text is kept        | a: b\\tc                       | {"a":"b\\tc"}
        nothing                        | {a: , b: ~}                     | {"a":null,"b":null}
        windows' line ends             | a: 1\\r\\nb: 2                   | {"a":1,"b":2}
        """)
    void readsWhatKubectlReads(String story, String yaml, String json) throws Exception {
        List<YamlDocument> documents = YamlText.documents(
                yaml.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t"));
        assertThat(documents).singleElement().extracting(YamlDocument::value).hasToString(json);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a key that is there twice | {a: 1, b: 2, a: 3}        | x.yaml:1:14: key "a" is there twice
        a tag of one's own        | a: !secret x              | x.yaml:1:4: the tag !secret means nothing in a manifest
        a list as a key           | {[a]: 1}                  | x.yaml:1:2: a key must be a text
        what holds itself         | &a {b: *a}                | x.yaml:1:1: holds itself, by an alias
        what cannot be merged     | {<<: 1}                   | x.yaml:1:6: << merges mappings, and this is none
        an alias of a list        | {a: &x [{}], b: {<<: *x}} | x.yaml:1:5: << merges mappings, and this is none
        nothing as a key          | {~: 1}                    | x.yaml:1:2: a key must be a text
        a fraction as a key       | {1.5: 1}                  | x.yaml:1:2: a key must be a text
        another than its tag      | a: !!int b                | x.yaml:1:4: is not what its tag says
        no number of JSON         | a: .inf                   | x.yaml:1:4: .inf is no number of JSON
        half of a character       | a: "\\ud83d"             | x.yaml:1:4: holds half of a character
        """)
    void saysWhereItIsWrong(String story, String yaml, String message) {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> YamlText.documents(yaml))
                .satisfies(e -> assertThat(e.place().in("x.yaml") + ": " + e.getMessage())
                        .isEqualTo(message));
    }

    @Test
    void partsDocumentsAtTheirLines() throws Exception {
        List<YamlDocument> documents =
                YamlText.documents("---\n# first\na: 1\n--- # second\n\uFEFFb: |\n ---\n---\r\n\n---\nc: 3\n...\n");
        assertThat(documents)
                .extracting(YamlDocument::value)
                .extracting(Object::toString)
                .containsExactly("{\"a\":1}", "{\"b\":\"---\\n\"}", "{\"c\":3}");
        assertThat(documents).extracting(document -> document.place("").line()).containsExactly(3, 5, 10);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        what stands behind ---      | a: 1\\n--- b: 2        | x.yaml:2:1: --- begins a document: nothing may stand behind it
        what looks like it          | a: 1\\n----            | x.yaml:2:1: --- begins a document: nothing may stand behind it
        what stands behind the end  | a: 1\\n...\\nb: 2       | x.yaml:3:1: not YAML: expected '<document start>', but found '<block mapping start>'
        a directive                 | %YAML 1.1\\n---\\na: 1   | x.yaml:1:1: kubectl takes no directives
        in a later document         | a: 1\\n---\\nb: [       | x.yaml:4:1: not YAML: expected the node content, but found '<stream end>'
        a schedule without quotes   | a: */5 * * * *          | x.yaml:1:5: not YAML: unexpected character found /(47): write a text that begins so in quotes
        one of each minute          | a: * * * * *            | x.yaml:1:5: not YAML: unexpected character found  (32): write a text that begins so in quotes
        one by its name             | a: @daily               | x.yaml:1:4: not YAML: found character '@' that cannot start any token. (Do not use @ for indentation): write a text that begins so in quotes
        a tab that indents          | a: {\\n\\tb: 1}         | x.yaml:2:1: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)
        a tab behind a dash         | -\\ta                 | x.yaml:1:2: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)
        """)
    void saysInWhichLineItIsWrong(String story, String yaml, String message) {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> YamlText.documents(yaml.replace("\\n", "\n").replace("\\t", "\t")))
                .satisfies(e -> assertThat(e.place().in("x.yaml") + ": " + e.getMessage())
                        .isEqualTo(message));
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                Arguments.of("values", "a: [" + "[],\n".repeat(YamlText.MOST_VALUES) + "]", "values"),
                Arguments.of("documents", "---\n~\n".repeat(YamlText.MOST_DOCUMENTS + 1), "document more than"),
                Arguments.of("a long line", "a: " + "b".repeat(3 << 20), "is a line of more than 2 MiB"),
                Arguments.of("depth", "[".repeat(100_000), "Nesting Depth exceeded"),
                Arguments.of("depth by aliases", nested(60), "is nested deeper than 200"),
                Arguments.of("merges", merges(40), "holds more than"),
                Arguments.of("a control character", "a: \u0000", "holds the character U+0000"));
    }

    /** Each element is twenty lists deep and holds the one before. */
    private static String nested(int elements) {
        StringBuilder yaml = new StringBuilder("- &a0 x\n");
        for (int i = 1; i < elements; i++) {
            yaml.append("- &a" + i + " " + "[".repeat(20) + "*a" + (i - 1) + " " + "]".repeat(20) + "\n");
        }
        return yaml.toString();
    }

    private static String merges(int mappings) {
        StringBuilder yaml = new StringBuilder("- &a0 {b: c}\n");
        for (int i = 1; i < mappings; i++) {
            yaml.append("- &a" + i + " {<<: [" + ("*a" + (i - 1) + ", ").repeat(9) + "]}\n");
        }
        return yaml.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void aFloodIsNoMoreThanAnError(String story, String yaml, String message) {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> YamlText.documents(yaml))
                .withMessageContaining(message);
    }

    @Test
    void aBombOfAliasesIsNoMoreThanAnError() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String alias = "*a" + (i - 1) + ", ";
            yaml.append("a" + i + ": &a" + i + " [" + alias.repeat(10) + "x]\n");
        }
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> YamlText.documents(yaml.toString()))
                .withMessage("holds more than 500000 values");
    }

    @Test
    void knowsThePlaceOfEveryValueAndOfWhatWouldHoldOneThatIsNotThere() throws Exception {
        YamlDocument document = YamlText.documents("# first\n---\na:\n  - b: text\n    c/d: 'x y'\n")
                .get(0);
        assertThat(document.place("/a/0/b")).isEqualTo(new Place(4, 8, 4));
        assertThat(document.place("/a/0/c~1d")).isEqualTo(new Place(5, 10, 5));
        assertThat(document.place("/a/0/e/f")).isEqualTo(new Place(4, 5, 1));
        assertThat(document.place("/z")).isEqualTo(new Place(3, 1, 1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a line feed              | a: 1\\nb: x              | 2:4
            both                     | a: 1\\r\\nb: x            | 2:4
            a carriage return        | a: 1\\rb: x              | 2:4
            a line separator         | a: 1\\u2028b: x          | 1:9
            a paragraph separator    | a: 1\\u2029b: x          | 1:9
            a next line              | a: 1\\u0085b: x          | 1:9
            in the document before   | a: 1\\r# \\u2028\\n---\\nb: x | 4:4
            before a wide character  | # \\u2028\\n{a: 😀, b: x} | 2:11
            """)
    void countsLinesAsEditorsDo(String story, String yaml, String where) throws Exception {
        List<YamlDocument> documents = YamlText.documents(written(yaml));
        assertThat(documents.get(documents.size() - 1).place("/b").in("")).isEqualTo(":" + where);
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> YamlText.documents(written(yaml.replace("b: x", "b: *x"))))
                .satisfies(e -> assertThat(e.place().in("")).isEqualTo(":" + where));
    }

    private static String written(String text) {
        return text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\u2028", "\u2028")
                .replace("\\u2029", "\u2029")
                .replace("\\u0085", "\u0085");
    }
}
