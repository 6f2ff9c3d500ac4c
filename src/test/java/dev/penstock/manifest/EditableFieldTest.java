package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditableFieldTest {
    private static final Reason REASON = Reason.policy("test");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        where nothing is                | {}                    | a       | add /a "new"
        where its holders are absent    | {}                    | a/b/c   | add /a {}; add /a/b {}; add /a/b/c "new"
        where a holder is null          | {a: null}             | a/b     | replace /a {}; add /a/b "new"
        over null                       | {a: null}             | a       | replace /a "new"
        over a value                    | {a: old}              | a       | replace /a "new"
        over an empty text              | {a: ''}               | a       | replace /a "new"
        over an object                  | {a: {b: c}}           | a       | replace /a "new"
        beside others                   | {a: {b: c}}           | a/x     | add /a/x "new"
        in an element                   | {a: [{}, {b: c}]}     | a/1/b   | replace /a/1/b "new"
        over an element                 | {a: [b, c]}           | a/1     | replace /a/1 "new"
        in an element that is null      | {a: [null]}           | a/0/b   | replace /a/0 {}; add /a/0/b "new"
        under a name with a slash       | {a: {}}               | a/x~1y~z | add /a/x~1y~0z "new"
        what is there already           | {a: new}              | a       | ``
        """)
    void writes(String story, String object, String path, String patch) {
        Manifest manifest = new Manifest(Yaml.object(object));
        field(manifest, path).set("new", REASON);
        assertThat(operations(manifest)).isEqualTo(patch);
        assertThat(Notation.field(manifest.read(), path).asText()).contains("new");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        where there is no list           | {}              | add /a []; add /a/0 {"name":"x"}     | a[x]
        where its holders are absent     | {b: {}}         | add /a []; add /a/0 {"name":"x"}     | a[x]
        where the list is null           | {a: null}       | replace /a []; add /a/0 {"name":"x"} | a[x]
        to an empty list                 | {a: []}         | add /a/0 {"name":"x"}                | a[x]
        behind the last element          | {a: [{b: c}, 1]} | add /a/2 {"name":"x"}               | a[x]
        """)
    void appends(String story, String object, String patch, String changed) {
        // The list must be one with a merge key for its element to have one.
        Manifest manifest = new Manifest(Yaml.object(object.replace("a:", "env:")));
        manifest.edit().at("env").append(Yaml.tree("{name: x}"), REASON);
        assertThat(operations(manifest)).isEqualTo(patch.replace("/a", "/env"));
        assertThat(manifest.changes())
                .extracting(change -> change.path().stable())
                .containsExactly(changed.replace("a[", "env["));
    }

    @Test
    void showsWhatTheManifestHoldsNow() {
        Manifest manifest = new Manifest(Yaml.object("{}"));
        EditableField early = field(manifest, "a/b");
        assertThat(early.isAbsent()).isTrue();
        field(manifest, "a/b").set("x", REASON);
        assertThat(early.asText()).contains("x");
        assertThat(early.parent().names()).containsExactly("b");
    }

    @Test
    void copiesWhatItWrites() {
        ObjectNode value = Yaml.object("{x: {y: 1}}");
        Manifest manifest = new Manifest(Yaml.object("{}"));
        manifest.edit().at("a").set(value, REASON);
        manifest.edit().at("a", "x", "z").set("later", REASON);
        manifest.edit().at("list").append(value, REASON);
        field(manifest, "list/0/x/y").set("later", REASON);
        assertThat(value).isEqualTo(Yaml.tree("{x: {y: 1}}"));
    }

    @Test
    void recordsAnOperationAsItWasThen() {
        Manifest manifest = new Manifest(Yaml.object("{}"));
        manifest.edit().at("a").set(Yaml.tree("{x: 1}"), REASON);
        manifest.edit().at("a", "y").set("later", REASON);
        assertThat(operations(manifest)).isEqualTo("add /a {\"x\":1}; add /a/y \"later\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        not written                 | {a: sent}      | b     | "sent"
        written                     | {a: sent}      | a     | "sent"
        written where nothing was   | {}             | a     |
        """)
    void remembersWhatWasSent(String story, String object, String written, String sent) {
        Manifest manifest = new Manifest(Yaml.object(object));
        EditableField field = manifest.edit().at("a");
        manifest.edit().at(written).set("first", REASON);
        manifest.edit().at(written).set("second", REASON);
        assertThat(field.asSent()).hasToString(sent == null ? "" : sent);
    }

    @Test
    void knowsTheLastChangeToItOrToWhatHoldsIt() {
        Manifest manifest = new Manifest(Yaml.object("{untouched: x}"));
        manifest.edit().at("a").set(Yaml.tree("{x: 1, y: 2}"), Reason.policy("first"));
        manifest.edit().at("a", "x").set("later", Reason.policy("second"));
        assertThat(field(manifest, "a/x").lastChange())
                .get()
                .extracting(Change::reason)
                .isEqualTo(Reason.policy("second"));
        assertThat(field(manifest, "a/y").lastChange())
                .get()
                .extracting(Change::reason)
                .isEqualTo(Reason.policy("first"));
        assertThat(field(manifest, "untouched").lastChange()).isEmpty();
        assertThat(manifest.edit().lastChange()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a member of a text    | {a: x}     | a/b   | a:
        a member of a list    | {a: {b: []}} | a/b/c | a.b:
        an element of a text  | {a: x}     | a/0   | a:
        """)
    void refusesToGoThroughAWrongType(String story, String object, String path, String named) {
        Manifest manifest = new Manifest(Yaml.object(object));
        assertThatThrownBy(() -> field(manifest, path))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageStartingWith(named);
    }

    @Test
    void refusesToAppendToWhatIsNoList() {
        EditableField text = new Manifest(Yaml.object("{a: x}")).edit().at("a");
        assertThatThrownBy(() -> text.append(Yaml.tree("{}"), REASON)).isInstanceOf(WrongTypeException.class);
    }

    private static EditableField field(Manifest manifest, String path) {
        return (EditableField) Notation.field(manifest.edit(), path);
    }

    private static String operations(Manifest manifest) {
        List<String> operations = StreamSupport.stream(manifest.patch().spliterator(), false)
                .map(operation -> text(operation, "op") + " " + text(operation, "path") + " " + operation.path("value"))
                .toList();
        return String.join("; ", operations);
    }

    private static String text(JsonNode operation, String name) {
        return operation.path(name).textValue();
    }
}
