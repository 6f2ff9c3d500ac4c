package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        nothing                          | ``                               | spec/suspend              | false
        a path                           | spec.suspend                     | spec/suspend              | true
        another path                     | spec.suspend                     | spec/schedule             | false
        a path that only begins alike    | spec.s                           | spec/suspend              | false
        what holds it                    | spec.template                    | spec/template/spec/a      | true
        what it holds                    | spec.template.spec               | spec/template             | false
        a last name                      | suspend                          | spec/suspend              | true
        a name in the middle             | template                         | spec/template/spec/a      | false
        one of several                   | a, spec.suspend b                | spec/suspend              | true
        lines                            | `a\nspec.suspend`                | spec/suspend              | true
        an element by its key            | spec.env[A]                      | spec/env/3=A              | true
        a field of an element            | spec.env[A].value                | spec/env/3=A/value        | true
        a key that holds what separates  | spec.env[A, B]                   | spec/env/0=A, B           | true
        a key in quotes                  | spec.env["A]"]                   | spec/env/0=A]             | true
        a label                          | metadata.labels[example.com/a]   | metadata/labels/example.com~1a | true
        a path in brief                  | containers[a].args               | spec/jobTemplate/spec/template/spec/containers/0=a/args | true
        what holds it, in brief          | containers[a]                    | spec/jobTemplate/spec/template/spec/containers/0=a/args | true
        in brief a name alone            | securityContext                  | spec/jobTemplate/spec/template/spec/securityContext/a | false
        a position                       | containers[0].args               | spec/jobTemplate/spec/template/spec/containers/0=a/args | false
        the key of an element alone      | LOG_LEVEL                        | spec/env/0=LOG_LEVEL      | true
        """)
    void namesWhatIsToBeKept(String story, String annotation, String path, boolean named) {
        assertThat(keep(annotation).names(Notation.path(path))).isEqualTo(named);
    }

    @Test
    void complainsOfNamesThatSayNothingOrTooMuch() {
        Keep keep = keep("spec.suspend, schedule, args, spec.env, nothing");
        keep.names(Notation.path("spec/suspend"));
        keep.names(Notation.path("spec/schedule"));
        keep.names(Notation.path("spec/containers/0=a/args"));
        keep.names(Notation.path("spec/containers/1=b/args"));
        keep.names(Notation.path("spec/env/0=A"));
        keep.names(Notation.path("spec/env/1=B"));
        assertThat(keep.complaints())
                .containsExactly(
                        "keeps 2 fields called args; write the path of the one you mean",
                        "names nothing, which is no field that is filled in here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec.jobTemplate.spec.template.spec.containers[0].args", "containers[0].args"})
    void saysWhatToWriteForAPosition(String name) {
        Keep keep = keep(name);
        keep.names(Notation.path("spec/jobTemplate/spec/template/spec/containers/0=a/args"));
        assertThat(keep.complaints())
                .containsExactly("names " + name + " by its position, which may change; write containers[a].args");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[\"", "a[", "]", "[]", ",,,", "\"", "a[\"\\", "[[[[[[[["})
    void readsAnythingAsNames(String annotation) {
        assertThat(keep(annotation).names(Notation.path("spec/suspend"))).isFalse();
    }

    @Test
    void readsAHostileAnnotationInOnePass() {
        assertThat(keep("[\"".repeat(60_000)).names(Notation.path("spec/suspend")))
                .isFalse();
    }

    private static Keep keep(String annotation) {
        ObjectNode object = Yaml.object("{metadata: {annotations: {}}}");
        object.withObject("/metadata/annotations").put(Intent.KEEP, annotation);
        return Keep.of(Field.of(object));
    }
}
