package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        what an Apply entry lists            | {f:spec: {f:suspend: {}}}     | spec/suspend          | true
        what it does not list                | {f:spec: {f:suspend: {}}}     | spec/schedule         | false
        a leaf covers itself                 | {f:spec: {}}                  | spec                  | true
        a leaf covers none of its children   | {f:spec: {}}                  | spec/suspend          | false
        an element by its key                | {'f:containers': {'k:{"name":"main"}': {f:image: {}}}} | containers/3=main/image | true
        another element                      | {'f:containers': {'k:{"name":"main"}': {f:image: {}}}} | containers/0=proxy/image | false
        an element itself                    | {'f:containers': {'k:{"name":"main"}': {.: {}}}} | containers/0=main     | true
        an element by two keys               | {'f:ports': {'k:{"containerPort":80,"protocol":"TCP"}': {f:hostPort: {}}}} | ports/0=80/hostPort | true
        an element of a list without keys    | {'f:args': {}}                | args/0                | false
        an annotation with a slash           | {'f:annotations': {'f:a.b/c': {}}} | annotations/a.b~1c | true
        a key that is no JSON                | {'f:env': {'k:{': {f:value: {}}}} | env/0=X/value     | false
        nothing                              | {}                            | spec/suspend          | false
        """)
    void takesWhatWasAppliedServerSide(String story, String fields, String path, boolean applied) {
        ObjectNode object = managed("{operation: Apply}", fields);
        assertThat(Evidence.of(Field.of(object)).isApplied(Notation.path(path))).isEqualTo(applied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a map that is taken whole            | {f:nodeSelector: {}}          | nodeSelector/pool     | true
        one that is nobody's                 | {f:spec: {}}                  | nodeSelector/pool     | false
        a struct, however deep               | {f:labelSelector: {}}         | labelSelector/matchLabels/app | true
        an element                           | {'f:imagePullSecrets': {'k:{"name":"rc"}': {}}} | imagePullSecrets/0=rc/name | true
        another element                      | {'f:imagePullSecrets': {'k:{"name":"rc"}': {}}} | imagePullSecrets/0=x/name | false
        an element that is taken in parts    | {'f:env': {'k:{"name":"A"}': {.: {}, f:name: {}}}} | env/0=A/value | false
        an empty map that is taken in parts  | {f:limits: {}}                | limits/cpu            | false
        an element called like such a map    | {'f:volumes': {'k:{"name":"nodeSelector"}': {.: {}}}} | volumes/0=nodeSelector/emptyDir | false
        the value itself                     | {f:nodeSelector: {}}          | nodeSelector          | false
        """)
    void takesWhatWasAppliedAsAWhole(String story, String fields, String path, boolean applied) {
        ObjectNode object = managed("{operation: Apply}", fields);
        assertThat(Evidence.of(Field.of(object)).isAppliedInAWhole(Notation.path(path)))
                .isEqualTo(applied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an apply                         | {manager: kubectl, operation: Apply}          | true
        an apply with an empty subresource | {operation: Apply, subresource: ''}         | true
        an update lists server defaults  | {manager: kubectl-edit, operation: Update}    | false
        an apply of the status           | {operation: Apply, subresource: status}       | false
        an entry without an operation    | {manager: x}                                  | false
        """)
    void takesNoEntryButAnApplyOfTheManifest(String story, String entry, boolean applied) {
        ObjectNode object = managed(entry, "{f:spec: {f:suspend: {}}}");
        assertThat(Evidence.of(Field.of(object)).isApplied(Notation.path("spec/suspend")))
                .isEqualTo(applied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a part of an element                 | {'f:env': {'k:{"name":"A"}': {f:value: {}}}}        | env/0=A        | true
        another element                      | {'f:env': {'k:{"name":"A"}': {f:value: {}}}}        | env/0=B        | false
        a container of which a part was      | {'f:containers': {'k:{"name":"a"}': {f:image: {}}}} | containers/0=a | false
        that part                            | {'f:containers': {'k:{"name":"a"}': {f:image: {}}}} | containers/0=a/image | true
        a container                          | {'f:containers': {'k:{"name":"a"}': {.: {}}}}       | containers/0=a | true
        beside a record, by any other tool   | {'f:metadata': {'f:annotations': {'f:kubectl.kubernetes.io/last-applied-configuration': {}}}, f:suspend: {}} | suspend | true
        """)
    void tellsWhatAClientWrote(String story, String fields, String path, boolean written) {
        ObjectNode object = managed("{operation: Update}", fields);
        assertThat(Evidence.of(Field.of(object)).isWritten(Notation.path(path))).isEqualTo(written);
    }

    @Test
    void takesWhatAnyOfSeveralManagersApplied() {
        ObjectNode object = Yaml.object("""
            metadata:
              managedFields:
                - {operation: Apply, fieldsV1: {f:spec: {f:suspend: {}}}}
                - {operation: Apply}
                - {operation: Apply, fieldsV1: null}
                - {operation: Apply, fieldsV1: {f:spec: {f:timeZone: {}}}}
            """);
        Evidence evidence = Evidence.of(Field.of(object));
        assertThat(evidence.isApplied(Notation.path("spec/suspend"))).isTrue();
        assertThat(evidence.isApplied(Notation.path("spec/timeZone"))).isTrue();
        assertThat(evidence.isApplied(Notation.path("spec/schedule"))).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        what the manifest holds              | {"spec":{"suspend":false}}                    | spec/suspend            | true
        what it does not hold                | {"spec":{"suspend":false}}                    | spec/schedule           | false
        an object that it holds              | {"spec":{"template":{}}}                      | spec/template           | true
        an explicit null                     | {"spec":{"suspend":null}}                     | spec/suspend            | false
        an element by its key                | {"env":[{"name":"A"},{"name":"B","value":""}]} | env/0=B/value          | true
        an element that moved                | {"env":[{"name":"A","value":""}]}             | env/7=A/value           | true
        an element of another key            | {"env":[{"name":"A","value":""}]}             | env/0=B/value           | false
        an element by a number               | {"ports":[{"containerPort":80,"name":"x"}]}   | ports/0=80/name         | true
        an element of a list without keys    | {"args":["a"]}                                | args/0                  | true
        a member of what is no object        | {"spec":"x"}                                  | spec/suspend            | false
        an element of what is no list        | {"env":{"name":"A"}}                          | env/0=A                 | false
        no JSON                              | {"spec":                                      | spec/suspend            | false
        no object                            | [1]                                           | spec/suspend            | false
        null                                 | null                                          | spec/suspend            | false
        nothing                              | ``                                            | spec/suspend            | false
        """)
    void takesWhatWasAppliedClientSide(String story, String lastApplied, String path, boolean applied) {
        assertThat(Evidence.of(Field.of(annotated(lastApplied))).isApplied(Notation.path(path)))
                .isEqualTo(applied);
    }

    /** Of what is written as a whole. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same element                | env          | {name: A, value: a}                             | {name: A, value: a}                             | true
        another value                   | env          | {name: A, value: a}                             | {name: A, value: b}                             | false
        a value that is gone            | volumeMounts | {mountPath: /w, name: w, subPath: s}            | {mountPath: /w, name: w}                        | false
        another beside it               | env          | {name: A, valueFrom: {x: y}}                    | {name: A, value: ours, valueFrom: {x: y}}       | true
        another kind of it              | volumes      | {name: w, emptyDir: {}}                         | {name: w, secret: {secretName: s}}              | false
        another value further in        | volumes      | {name: w, emptyDir: {sizeLimit: 9Gi}}           | {name: w, emptyDir: {sizeLimit: 1Gi}}           | false
        the same amount                 | volumes      | {name: w, emptyDir: {sizeLimit: 1024Mi}}        | {name: w, emptyDir: {sizeLimit: 1Gi}}           | true
        what the API server drops       | volumeMounts | {mountPath: /w, name: w, readOnly: false, x: ''} | {mountPath: /w, name: w}                       | true
        null                            | env          | {name: A, value: null, x: y}                    | {name: A, x: y}                                 | true
        ours in the place of what is empty | env       | {name: A, value: ''}                            | {name: A, value: ours}                          | false
        more in what is empty           | volumes      | {name: w, emptyDir: {}}                         | {name: w, emptyDir: {sizeLimit: 1Gi}}           | false
        the same empty one              | volumes      | {name: w, emptyDir: {}}                         | {name: w, emptyDir: {}}                         | true
        what is filled in for it        | ports        | {containerPort: 80, protocol: ''}               | {containerPort: 80, protocol: TCP}              | true
        what is filled into it          | volumes      | {name: w, projected: {}}                        | {name: w, projected: {defaultMode: 420}}        | true
        a list in it                    | volumes      | {name: w, secret: {items: [{key: a, path: a}]}} | {name: w, secret: {items: [{key: b, path: a}]}} | false
        a container, which is in parts  | containers   | {name: main, image: 'a:1'}                      | {name: main, image: 'a:2'}                      | true
        """)
    void takesNoElementForAppliedOfWhichAnotherIsThere(
            String story, String list, String applied, String there, boolean isApplied) {
        ObjectNode object = annotated(
                Yaml.object("{}").set(list, Yaml.tree("[" + applied + "]")).toString());
        object.set(list, Yaml.tree("[" + there + "]"));
        Field element = Field.of(object).at(list).elements().get(0);
        assertThat(Evidence.of(Field.of(object)).isApplied(element)).isEqualTo(isApplied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same                        | args    | [a]               | [a]                         | true
        another                         | args    | [a]               | [b]                         | false
        an empty one                    | command | []                | [b]                         | true
        of elements with keys           | env     | [{name: A}]       | [{name: B}]                 | true
        """)
    void takesNoListForAppliedOfWhichAnotherIsThere(
            String story, String list, String applied, String there, boolean isApplied) {
        ObjectNode object =
                annotated(Yaml.object("{}").set(list, Yaml.tree(applied)).toString());
        object.set(list, Yaml.tree(there));
        assertThat(Evidence.of(Field.of(object)).isApplied(Field.of(object).at(list)))
                .isEqualTo(isApplied);
    }

    @Test
    void survivesAHostileAnnotation() {
        Evidence deep = Evidence.of(Field.of(annotated("[".repeat(200_000))));
        assertThat(deep.isApplied(Notation.path("spec/suspend"))).isFalse();
        Evidence number = Evidence.of(Field.of(annotated("{\"spec\":" + "9".repeat(200_000) + "}")));
        assertThat(number.isApplied(Notation.path("spec"))).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        entries that are no list        | {metadata: {managedFields: {}}}                             | metadata.managedFields:
        an entry that is no object      | {metadata: {managedFields: [x]}}                            | metadata.managedFields[0]:
        an operation that is no text    | {metadata: {managedFields: [{operation: 1}]}}               | metadata.managedFields[0].operation:
        an annotation that is no text   | {metadata: {annotations: {kubectl.kubernetes.io/last-applied-configuration: {}}}} | metadata.annotations[kubectl
        """)
    void namesTheWrongType(String story, String object, String named) {
        Field field = Field.of(Yaml.tree(object));
        assertThatThrownBy(() -> Evidence.of(field))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageStartingWith(named);
    }

    private static ObjectNode managed(String entry, String fields) {
        ObjectNode object = Yaml.object("{metadata: {managedFields: [" + entry + "]}}");
        ((ObjectNode) object.at("/metadata/managedFields/0")).set("fieldsV1", Yaml.tree(fields));
        return object;
    }

    private static ObjectNode annotated(String lastApplied) {
        ObjectNode object = Yaml.object("{metadata: {annotations: {}}}");
        ((ObjectNode) object.at("/metadata/annotations"))
                .put("kubectl.kubernetes.io/last-applied-configuration", lastApplied);
        return object;
    }
}
