package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTest {
    private static final Map<String, Consumer<Field>> READS = Map.of(
            "text", Field::asText,
            "number", Field::asLong,
            "list", Field::elements,
            "names", Field::names,
            "member", field -> field.at("x"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a member that is not there      | {}                | a     | false
        a member of what is not there   | {}                | a/b/c | false
        null                            | {a: null}         | a     | false
        a member of null                | {a: null}         | a/b   | false
        an empty text                   | {a: ''}           | a     | true
        an empty object                 | {a: {}}           | a     | true
        an empty list                   | {a: []}           | a     | true
        false                           | {a: false}        | a     | true
        an element                      | {a: [x]}          | a/0   | true
        an element that is null         | {a: [null]}       | a/0   | false
        """)
    void isPresentWhereItHoldsAnythingButNull(String story, String object, String path, boolean present) {
        Field field = Notation.field(Field.of(Yaml.tree(object)), path);
        assertThat(field.isPresent()).isEqualTo(present);
        assertThat(field.isAbsent()).isEqualTo(!present);
    }

    @Test
    void readsWhatItHolds() {
        Field object = Field.of(Yaml.tree("{text: a, number: 7, list: [x, y], null: null, nested: {b: 1, a: 2}}"));
        assertThat(object.at("text").asText()).contains("a");
        assertThat(object.at("number").asLong()).contains(7L);
        assertThat(object.at("list").elements())
                .extracting(Field::asText)
                .map(text -> text.orElse(""))
                .containsExactly("x", "y");
        assertThat(object.at("nested").names()).containsExactly("b", "a");
        Field nested = object.at("nested");
        Field known = nested.at("a");
        assertThat(nested.members())
                .hasToString("[nested.b: 1, nested.a: 2]")
                .last()
                .isSameAs(known);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"absent, {}", "null, {a: null}"})
    void readsNothingWhereItIsAbsent(String story, String object) {
        Field field = Field.of(Yaml.tree(object)).at("a");
        assertThat(field.asText()).isEmpty();
        assertThat(field.asLong()).isEmpty();
        assertThat(field.elements()).isEmpty();
        assertThat(field.names()).isEmpty();
        assertThat(field.members()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a number for a text             | {a: 5}            | a      | text   | a: must be a string, but is a number: put it in quotes
        a boolean for a text            | {a: true}         | a      | text   | a: must be a string, but is a boolean: put it in quotes
        a list for a text               | {a: {b: [x]}}     | a/b    | text   | a.b: must be a string, but is a list
        an object for a text            | {labels: {b: {}}} | labels/b | text | labels[b]: must be a string, but is an object
        a text for a number             | {a: '5'}          | a      | number | a: must be a whole number, but is a string
        a fraction for a number         | {a: 1.5}          | a      | number | a: must be a whole number, but is a fraction
        more than 64 bits               | {a: 9223372036854775808} | a | number | a: must be a whole number, but is the number 9223372036854775808
        a number beyond all measure     | {a: 1000000000000000000000000000000} | a | number | a: must be a whole number, but is the number 100000000000000000000000…
        a list for a number             | {a: []}           | a      | number | a: must be a whole number, but is a list
        an object for a list            | {a: {}}           | a      | list   | a: must be a list, but is an object
        a text for a list               | {a: [b, {c: d}]}  | a/1/c  | list   | a[1].c: must be a list, but is a string
        a list for an object            | {a: []}           | a      | member | a: must be an object, but is a list
        a text for an object            | {a: ''}           | a      | names  | a: must be an object, but is a string
        a list for the whole object     | []                | ''     | member | the object: must be an object, but is a list
        """)
    void namesTheWrongTypeByItsPath(String story, String object, String path, String read, String sentence) {
        Field field = Notation.field(Field.of(Yaml.tree(object)), path);
        Consumer<Field> reading = Objects.requireNonNull(READS.get(read));
        assertThatThrownBy(() -> reading.accept(field))
                .isInstanceOfSatisfying(
                        WrongTypeException.class, e -> assertThat(e.sentence()).isEqualTo(sentence));
    }

    @Test
    void knowsTheKeysByWhichElementsAreTold() {
        Field object = Field.of(Yaml.tree("""
            containers: [{name: main, volumeMounts: [{mountPath: /data}], ports: [{containerPort: 80}]}, {image: x}]
            args: [{name: x}]
            """));
        assertThat(paths(object.at("containers").elements())).containsExactly("containers[main]", "containers[1]");
        Field main = object.at("containers").elements().get(0);
        assertThat(paths(main.at("volumeMounts").elements())).containsExactly("containers[main].volumeMounts[/data]");
        assertThat(paths(main.at("ports").elements())).containsExactly("containers[main].ports[80]");
        assertThat(paths(object.at("args").elements())).containsExactly("args[0]");
    }

    @Test
    void showsTheNodeItself() {
        Field field = Field.of(Yaml.tree("{a: x}")).at("a");
        assertThat(field.value()).isEqualTo(TextNode.valueOf("x"));
        assertThat(field).hasToString("a: \"x\"");
    }

    private static List<String> paths(List<? extends Field> fields) {
        return fields.stream().map(field -> field.path().stable()).toList();
    }
}
