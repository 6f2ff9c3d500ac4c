package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a policy's            | policy p                    | true  | false |
        an annotation's       | annotation penstock.dev/task | true | false |
        made                  | made                        | true  | false |
        derived               | derived from image          | true  | false |
        completed             | completed from H 2 * * *    | false | false | H 2 * * *
        a decision            | author                      | false | true  |
        """)
    void tellsOursFromTheAuthors(String story, String source, boolean ours, boolean authors, @Nullable String raw) {
        Provenance provenance = remembered("{\"a\":\"" + source + "\"}");
        assertThat(provenance.isOurs("a")).isEqualTo(ours);
        assertThat(provenance.isAuthors("a")).isEqualTo(authors);
        assertThat(provenance.rawForm("a").orElse(null)).isEqualTo(raw);
        assertThat(provenance.isOurs("b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "5", "\"a\"", "{\"a\":", "{\"a\":5}", "{\"a\":\"b\",5"})
    void remembersNothingOfWhatIsGarbled(String annotation) {
        assertThat(remembered(annotation).isEmpty()).isTrue();
    }

    @Test
    void isWrittenAsItIsRead() {
        String text = "{\"a.b[x y].c\":\"policy p\",\"a[\\\"]\\\"]\":\"made\"}";
        assertThat(remembered(text).text()).isEqualTo(text);
    }

    @Test
    void knowsWhatIsWithinAnElement() {
        Provenance provenance = remembered("{\"env[A].value\":\"made\",\"env[B]\":\"made\",\"env[C]x\":\"made\"}");
        assertThat(provenance.isWithin("env[A]")).isTrue();
        assertThat(provenance.isWithin("env[B]")).isTrue();
        assertThat(provenance.isWithin("env[C]")).isFalse();
        assertThat(provenance.isWithin("env[D]")).isFalse();
    }

    @Test
    void forgetsTheLargestGroupsFirst() {
        SortedMap<String, String> sources = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            sources.put("containers[a].env[VARIABLE_" + i + "]", "policy with a rather long name of thirty-nine");
            sources.put("containers[b].env[" + i + "]", "policy p");
        }
        sources.put("spec.schedule", "policy p");
        Provenance.Capped capped = new Provenance(sources).capped(Provenance.MAX);
        assertThat(capped.forgotten()).containsExactly("containers[a].env");
        assertThat(capped.provenance().sources()).hasSize(1_001).containsKey("spec.schedule");
        assertThat(capped.provenance().text().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(Provenance.MAX);
        assertThat(capped.provenance().capped(Provenance.MAX).forgotten()).isEmpty();
    }

    @Test
    void forgetsAllWhereThereIsNoRoom() {
        Provenance.Capped capped =
                remembered("{\"spec.schedule\":\"policy p\"}").capped(-1);
        assertThat(capped.forgotten()).containsExactly("spec");
        assertThat(capped.provenance().text()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no other annotation       | 0      | a | 65536
        what leaves enough        | 196000 | a | 65536
        what leaves less          | 200000 | a | 62121
        characters of two bytes   | 100000 | ä | 62121
        more than may be          | 300000 | a | -37879
        """)
    void hasTheRoomThatOthersLeave(String story, int length, String character, int room) {
        ObjectNode annotations = Yaml.object("{}");
        annotations.put("a", character.repeat(length)).put(Intent.DEFAULTED, "{}");
        assertThat(Provenance.room(Field.of(annotations))).isEqualTo(room);
    }

    private static Provenance remembered(String annotation) {
        ObjectNode object = Yaml.object("{metadata: {annotations: {}}}");
        object.withObject("/metadata/annotations").put(Intent.DEFAULTED, annotation);
        return Provenance.of(Provenance.text(Field.of(object)), Provenance.NONE);
    }
}
