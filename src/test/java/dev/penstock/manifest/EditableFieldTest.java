package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
        where its holders are absent    | {}                    | a/b/c   | add /a {"b":{"c":"new"}}
        where a holder is null          | {a: null}             | a/b     | replace /a {"b":"new"}
        over null                       | {a: null}             | a       | replace /a "new"
        over a value                    | {a: old}              | a       | replace /a "new"
        over an empty text              | {a: ''}               | a       | replace /a "new"
        over an object                  | {a: {b: c}}           | a       | replace /a "new"
        beside others                   | {a: {b: c}}           | a/x     | add /a/x "new"
        in an element                   | {a: [{}, {b: c}]}     | a/1/b   | replace /a/1/b "new"
        over an element                 | {a: [b, c]}           | a/1     | replace /a/1 "new"
        in an element that is null      | {a: [null]}           | a/0/b   | replace /a/0 {"b":"new"}
        under a name with a slash       | {a: {}}               | a/x~1y~z | add /a/x~1y~0z "new"
        what is there already           | {a: new}              | a       | ``
        """)
    void writes(String story, String object, String path, String patch) {
        Manifest manifest = new Manifest(Yaml.object(object));
        field(manifest, path).set(TextNode.valueOf("new"), REASON);
        assertThat(operations(manifest)).isEqualTo(patch);
        assertThat(Notation.field(manifest.read(), path).asText()).contains("new");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        where there is no list           | {}              | add /a [{"name":"x"}]                 | a[x]
        where its holders are absent     | {b: {}}         | add /a [{"name":"x"}]                 | a[x]
        where the list is null           | {a: null}       | replace /a [{"name":"x"}] | a[x]
        to an empty list                 | {a: []}         | add /a/0 {"name":"x"}                | a[x]
        behind the last element          | {a: [{b: c}, null]} | add /a/2 {"name":"x"}               | a[x]
        """)
    void appends(String story, String object, String patch, String changed) {
        // The list must be one with a merge key for its element to have one.
        Manifest manifest = new Manifest(Yaml.object(object.replace("a:", "env:")));
        manifest.edit().at("env").element("x").set(Yaml.tree("{name: x}"), REASON);
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
        field(manifest, "a/b").set(TextNode.valueOf("x"), REASON);
        assertThat(early.asText()).contains("x");
        assertThat(early.parent().names()).containsExactly("b");
    }

    @Test
    void copiesWhatItWrites() {
        ObjectNode value = Yaml.object("{x: {y: 1}}");
        Manifest manifest = new Manifest(Yaml.object("{}"));
        manifest.edit().at("a").set(value, REASON);
        manifest.edit().at("a", "x", "z").set(TextNode.valueOf("later"), REASON);
        manifest.edit().at("list").element("").set(value, REASON);
        field(manifest, "list/0/x/y").set(TextNode.valueOf("later"), REASON);
        assertThat(value).isEqualTo(Yaml.tree("{x: {y: 1}}"));
    }

    @Test
    void recordsWhatIsWrittenIntoAWrittenValueAsOneOperation() {
        Manifest manifest = new Manifest(Yaml.object("{list: [{name: old}]}"));
        manifest.edit().at("a").set(Yaml.tree("{x: 1, z: 2}"), REASON);
        manifest.edit().at("a", "y").set(TextNode.valueOf("later"), REASON);
        manifest.edit().at("a", "z").remove(REASON);
        manifest.edit().at("list").insert(0, Yaml.tree("{name: new}"), REASON);
        field(manifest, "list/0/b").set(TextNode.valueOf("c"), REASON);
        field(manifest, "list/1/b").set(TextNode.valueOf("d"), REASON);
        assertThat(operations(manifest))
                .isEqualTo("add /a {\"x\":1,\"y\":\"later\"}; add /list/0 {\"name\":\"new\",\"b\":\"c\"}; "
                        + "add /list/1/b \"d\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        in another order    | [a, b, c]    | c, b       | [a, c, b]    | remove /containers/2; add /containers/2; remove /containers/1; add /containers/2
        behind another      | [a, b, z]    | a, b       | [z, a, b]    | remove /containers/0; add /containers/2; remove /containers/0; add /containers/2
        as they are         | [z, a, b]    | a, b       | [z, a, b]    | ``
        none                | [z]          | ``         | [z]          | ``
        """)
    void putsElementsLast(String story, String names, String last, String order, String patch) {
        ObjectNode tree = Yaml.object("{}");
        Yaml.tree(names)
                .forEach(name -> tree.withArray("containers").addObject().set("name", name));
        Manifest manifest = new Manifest(tree);
        manifest.edit().at("containers").moveLast(last.isEmpty() ? List.of() : List.of(last.split(", ")));
        assertThat(tree.path("containers").findValues("name").toString().replace("\"", ""))
                .isEqualTo(order);
        assertThat(operations(manifest).replaceAll(" (MISSING|\\{[^}]*})", "").strip())
                .isEqualTo(patch);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a member                 | {a: {b: c, d: e}}  | a/b   | remove /a/b   | {a: {d: e}}
        an element               | {a: [b, c]}        | a/0   | remove /a/0   | {a: [c]}
        null                     | {a: null}          | a     | remove /a     | {}
        what is not there        | {a: {}}            | a/b/c | ``            | {a: {}}
        """)
    void takesAway(String story, String object, String path, String patch, String left) {
        ObjectNode tree = Yaml.object(object);
        Manifest manifest = new Manifest(tree);
        field(manifest, path).remove(REASON);
        assertThat(operations(manifest).replace(" MISSING", "").strip()).isEqualTo(patch);
        assertThat((JsonNode) tree).isEqualTo(Yaml.tree(left));
        assertThat(manifest.changes()).hasSize(patch.isEmpty() ? 0 : 1);
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
    void hasNoElementsWhereItIsNoList() {
        EditableField text = new Manifest(Yaml.object("{a: x}")).edit().at("a");
        assertThatThrownBy(() -> text.element("x")).isInstanceOf(WrongTypeException.class);
    }

    private static EditableField field(Manifest manifest, String path) {
        return (EditableField) Notation.field(manifest.edit(), path);
    }

    private static String operations(Manifest manifest) {
        List<String> operations = StreamSupport.stream(manifest.patch().spliterator(), false)
                .map(operation -> text(operation, "op") + " " + text(operation, "path") + " " + operation.path("value"))
                .map(String::strip)
                .toList();
        return String.join("; ", operations);
    }

    private static String text(JsonNode operation, String name) {
        return operation.path(name).textValue();
    }
}
