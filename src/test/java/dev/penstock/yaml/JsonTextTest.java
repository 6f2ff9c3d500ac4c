package dev.penstock.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    @Test
    void readsNumbersAsKubectlDoes() throws Exception {
        assertThat(JsonText.documents("{\"a\": [1.0, 1e3, 18446744073709551615, 1.5, -0, \"1\", true, null]}"))
                .singleElement()
                .extracting(YamlDocument::value)
                .hasToString("{\"a\":[1,1000,1.8446744073709552E19,1.5,0,\"1\",true,null]}");
    }

    @Test
    void readsOneBehindAnotherAndKnowsTheirPlaces() throws Exception {
        List<YamlDocument> documents = JsonText.documents("{\n\t\"a\": \"x y\"}\n{\"b/c\": [1, 23]} {}");
        assertThat(documents)
                .extracting(YamlDocument::value)
                .extracting(Object::toString)
                .containsExactly("{\"a\":\"x y\"}", "{\"b/c\":[1,23]}", "{}");
        assertThat(documents.get(0).place("/a")).isEqualTo(new Place(2, 7, 5));
        assertThat(documents.get(0).place("/z")).isEqualTo(new Place(1, 1, 1));
        assertThat(documents.get(1).place("/b~1c/1")).isEqualTo(new Place(3, 13, 2));
        assertThat(documents.get(2).place("")).isEqualTo(new Place(3, 18, 1));
    }

    @Test
    void countsColumnsInCodePoints() throws Exception {
        YamlDocument document =
                JsonText.documents("{\"😀\": [\"😀😀\", 1],\n\"😀😀😀\": true}").get(0);
        assertThat(document.place("/😀/0")).isEqualTo(new Place(1, 8, 4));
        assertThat(document.place("/😀/1")).isEqualTo(new Place(1, 14, 1));
        assertThat(document.place("/😀😀😀")).isEqualTo(new Place(2, 8, 4));
    }

    @Test
    void mayGoOnInYaml() throws Exception {
        List<YamlDocument> documents = JsonText.documents("{\n\t\"a\": \"\\/\"}\n---\nb: yes\n");
        assertThat(documents)
                .extracting(YamlDocument::value)
                .extracting(Object::toString)
                .containsExactly("{\"a\":\"/\"}", "{\"b\":true}");
        assertThat(documents.get(1).place("/b")).isEqualTo(new Place(4, 4, 3));
    }

    @Test
    void mayBeYamlInBraces() throws Exception {
        assertThat(JsonText.documents("{a: yes}"))
                .singleElement()
                .extracting(YamlDocument::value)
                .hasToString("{\"a\":true}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a key that is there twice | {"a": 1, "a": 2} | x.json:1:10: key "a" is there twice
        what stands behind it     | {} {} x          | x.json:1:7: not JSON: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
        no number that JSON holds | {"a": [1, -1e400]} | x.json:1:11: -1e400 is no number of JSON
        """)
    void saysWhereItIsWrong(String story, String json, String message) {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> JsonText.documents(json))
                .satisfies(e -> assertThat(e.place().in("x.json") + ": " + e.getMessage())
                        .isEqualTo(message));
    }

    @Test
    void aFloodIsNoMoreThanAnError() {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> JsonText.documents("{\"a\": [" + "1,".repeat(YamlText.MOST_VALUES) + "1]}"))
                .withMessage("holds more than 500000 values");
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> JsonText.documents("{}".repeat(YamlText.MOST_DOCUMENTS + 1)))
                .withMessage("is one document more than 50000");
    }
}
