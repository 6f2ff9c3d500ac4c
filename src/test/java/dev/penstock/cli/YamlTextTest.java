package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a quoted yes is a text         | a: 'yes'                        | {"a":"yes"}
        a tag says what it is          | a: !!int '5'                    | {"a":5}
        keys are texts                 | {1: a, on: b, 'c': c}           | {"1":"a","true":"b","c":"c"}
        an alias                       | {a: &x {b: 1}, c: *x}           | {"a":{"b":1},"c":{"b":1}}
        a merge                        | {a: &x {b: 1, c: 2}, d: {<<: *x, c: 3}} | {"a":{"b":1,"c":2},"d":{"c":3,"b":1}}
        nothing                        | {a: , b: ~}                     | {"a":null,"b":null}
        windows' line ends             | a: 1\\r\\nb: 2                   | {"a":1,"b":2}
        """)
    void readsWhatKubectlReads(String story, String yaml, String json) throws Exception {
        List<YamlText.Document> documents =
                YamlText.documents(yaml.replace("\\r", "\r").replace("\\n", "\n"));
        assertThat(documents)
                .singleElement()
                .extracting(YamlText.Document::value)
                .hasToString(json);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a key that is there twice | {a: 1, b: 2, a: 3}        | x.yaml:1:14: key "a" is there twice
        a tag of one's own        | a: !secret x              | x.yaml:1:4: the tag !secret means nothing in a manifest
        a list as a key           | {[a]: 1}                  | x.yaml:1:2: a key must be a text
        what holds itself         | &a {b: *a}                | x.yaml:1:1: holds itself, by an alias
        what cannot be merged     | {<<: 1}                   | x.yaml:1:6: << merges mappings, and this is none
        """)
    void saysWhereItIsWrong(String story, String yaml, String message) {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> YamlText.documents(yaml))
                .satisfies(e -> assertThat(e.in("x.yaml")).hasToString(message));
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
                .withMessage("holds more than 1000000 values");
    }

    @Test
    void knowsThePlaceOfEveryValueAndOfWhatWouldHoldOneThatIsNotThere() throws Exception {
        YamlText.Document document = YamlText.documents("# first\n---\na:\n  - b: text\n    c/d: 'x y'\n")
                .get(0);
        assertThat(document.place("/a/0/b")).isEqualTo(new Place(4, 8, 4));
        assertThat(document.place("/a/0/c~1d")).isEqualTo(new Place(5, 10, 5));
        assertThat(document.place("/a/0/e/f")).isEqualTo(new Place(4, 5, 1));
        assertThat(document.place("/z")).isEqualTo(new Place(3, 1, 1));
    }
}
