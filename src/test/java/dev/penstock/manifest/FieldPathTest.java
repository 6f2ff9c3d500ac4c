package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the object itself                 | ``                           | ``                         | ``
        a member                          | spec/schedule                | spec.schedule              | spec.schedule
        an element without a key          | spec/args/2                  | spec.args[2]               | spec.args[2]
        an element with a key             | spec/containers/1=main/image | spec.containers[1].image   | spec.containers[main].image
        a list in an element              | a/containers/0=x/env/3=HOME  | a.containers[0].env[3]     | a.containers[x].env[HOME]
        a label                           | metadata/labels/team         | metadata.labels[team]      | metadata.labels[team]
        an annotation with dots and slash | annotations/a.example.com~1b | annotations[a.example.com/b] | annotations[a.example.com/b]
        an accelerator's limit            | limits/nvidia.com~1gpu       | limits[nvidia.com/gpu]     | limits[nvidia.com/gpu]
        a name with a dash or underscore  | spec/a-b_c1                  | spec.a-b_c1                | spec.a-b_c1
        a name that is no identifier      | spec/a.b                     | spec[a.b]                  | spec[a.b]
        a name with a foreign letter      | spec/größe                   | spec[größe]                | spec[größe]
        a key with a closing bracket      | labels/a]b                   | labels["a]b"]              | labels["a]b"]
        a key with a quote and backslash  | labels/a"\\b                 | labels["a\\"\\\\b"]        | labels["a\\"\\\\b"]
        an element's key with a bracket   | env/0=a]b                    | env[0]                     | env["a]b"]
        a container called like a map     | containers/0=limits/image    | containers[0].image        | containers[limits].image
        """)
    void hasASpellingForPeopleAndOneThatOutlivesReordering(String story, String path, String text, String stable) {
        assertThat(Notation.path(path)).hasToString(text);
        assertThat(Notation.path(path).stable()).isEqualTo(stable);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the object itself        | ``                       | ``
        a member of a member     | spec/schedule            | /spec/schedule
        an element by position   | containers/1=main/image  | /containers/1/image
        a slash                  | annotations/a.b~1c       | /annotations/a.b~1c
        a tilde                  | annotations/a~b          | /annotations/a~0b
        a tilde before a one     | annotations/a~~1b        | /annotations/a~0~1b
        a tilde and a zero       | annotations/a~0b         | /annotations/a~00b
        a quote and a bracket    | labels/a"]b              | /labels/a"]b
        """)
    void hasAPointerByRfc6901(String story, String path, String pointer) {
        assertThat(Notation.path(path).pointer()).isEqualTo(pointer);
    }

    @Test
    void hasAnEmptyNameOfAMember() {
        FieldPath path = FieldPath.ROOT.member("labels").member("");
        assertThat(path).hasToString("labels[]");
        assertThat(path.pointer()).isEqualTo("/labels/");
    }

    @Test
    void isEqualWhereItNamesTheSamePosition() {
        assertThat(Notation.path("spec/containers/0=a"))
                .isEqualTo(Notation.path("spec/containers/0=b"))
                .hasSameHashCodeAs(Notation.path("spec/containers/0=b"))
                .isNotEqualTo(Notation.path("spec/containers/1=a"))
                .isNotEqualTo(Notation.path("spec/containers"));
    }

    @Test
    void knowsWhatHoldsIt() {
        FieldPath path = Notation.path("spec/containers/0=main");
        assertThat(path.parent()).isEqualTo(Notation.path("spec/containers"));
        assertThat(path.name()).isEqualTo("main");
        assertThat(FieldPath.ROOT.parent()).isSameAs(FieldPath.ROOT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a member               | spec                              | spec
        members                | spec.jobTemplate.spec             | spec jobTemplate spec
        an element             | spec.containers[main].image       | spec containers main image
        a position             | args[0]                           | args 0
        a key with dots        | metadata.labels[example.com/a.b]  | metadata labels example.com/a.b
        a key in quotes        | env["A]\\"\\\\"].value              | env A]"\\ value
        nothing                | ``                                | ``
        no end of an element   | env[A                             | env A
        no end of quotes       | env["A                            | env A
        an escape at the end   | env["A\\                           | env A\\
        """)
    void isReadAsNames(String story, String stable, String names) {
        assertThat(String.join(" ", FieldPath.names(stable))).isEqualTo(names);
    }
}
