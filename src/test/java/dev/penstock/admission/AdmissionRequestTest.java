package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionRequestTest {
    private static final String NO_NAMESPACE = "request.namespace: must be what a namespace may be called";

    @Test
    void holdsWhatIsNeeded() {
        AdmissionRequest request = read("""
                apiVersion: admission.k8s.io/v1
                kind: AdmissionReview
                request:
                  uid: u-1
                  operation: UPDATE
                  resource: {group: batch, version: v1, resource: cronjobs}
                  namespace: ml
                  object: {metadata: {name: churn}, unknownToUs: [1, null]}
                  oldObject: {metadata: {name: churn}}
                  dryRun: true
                  options: {kind: UpdateOptions}
                """);
        assertThat(request.uid()).isEqualTo("u-1");
        assertThat(request.operation()).isEqualTo("UPDATE");
        assertThat(request.resource()).isEqualTo("batch/v1 cronjobs");
        assertThat(request.namespace()).isEqualTo("ml");
        assertThat(request.name()).isEqualTo("churn");
        assertThat(request.dryRun()).isTrue();
        assertThat((JsonNode) request.object())
                .isEqualTo(Yaml.tree("{metadata: {name: churn}, unknownToUs: [1, null]}"));
        assertThat((JsonNode) request.old()).isEqualTo(Yaml.tree("{metadata: {name: churn}}"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        left out | {uid: u, operation: CREATE, object: {}}
        null     | {uid: u, operation: CREATE, object: {}, oldObject: null, namespace: null, subResource: null, resource: null, dryRun: null}
        """)
    void hasNoOldObjectOnCreation(String story, String request) {
        AdmissionRequest read = readRequest(request);
        assertThat((JsonNode) read.old()).isNull();
        assertThat(read.namespace()).isEmpty();
        assertThat(read.dryRun()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the resource   | {resource: {group: batch, version: v1, resource: jobs}}                        | batch/v1 jobs
        a subresource  | {resource: {group: batch, version: v1, resource: cronjobs}, subResource: status} | batch/v1 cronjobs/status
        the core group | {resource: {group: '', version: v1, resource: pods}}                           | /v1 pods
        """)
    void namesTheResource(String story, String request, String resource) {
        ObjectNode tree = Yaml.object("{uid: u, operation: CREATE, object: {}}");
        tree.setAll(Yaml.object(request));
        assertThat(readRequest(tree.toString()).resource()).isEqualTo(resource);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a deletion, DELETE", "a connection, CONNECT"})
    void hasAnEmptyObjectWhereTheOperationHasNone(String story, String operation) {
        AdmissionRequest request =
                readRequest("{uid: u, operation: " + operation + ", object: null, oldObject: {kind: CronJob}}");
        assertThat((JsonNode) request.object()).isEmpty();
        assertThat(request.operation()).isEqualTo(operation);
    }

    private static String inNamespace(String name) {
        return "{\"uid\":\"u\",\"operation\":\"CREATE\",\"namespace\":\"" + name + "\",\"object\":{}}}";
    }

    static Stream<Arguments> broken() {
        String head = "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":";
        return Stream.of(
                Arguments.of("nothing", "", "no JSON object"),
                Arguments.of("blanks", " \n ", "no JSON object"),
                Arguments.of("null", "null", "no JSON object"),
                Arguments.of("a text", "\"x\"", "no JSON object"),
                Arguments.of("a list", "[]", "no JSON object"),
                Arguments.of("YAML", "kind: AdmissionReview", "not JSON: .* [(]line 1, column [0-9]+[)]"),
                Arguments.of("cut off", "{\"kind\":", "not JSON: .* [(]line 1, column [0-9]+[)]"),
                Arguments.of("cut off in a text", "{\n\"kind", "not JSON: .* [(]line 2, column [0-9]+[)]"),
                Arguments.of("a comment", "{/**/}", "not JSON: .*"),
                Arguments.of("a comma too many", "{\"a\":1,}", "not JSON: .*"),
                Arguments.of("no number", "{\"a\":NaN}", "not JSON: .*"),
                Arguments.of("a control character", "{\"a\":\"\u0001\"}", "not JSON: .*"),
                Arguments.of("a key twice", "{\"a\":1,\"a\":2}", "not JSON: Duplicate field 'a' .*"),
                Arguments.of(
                        "a key twice, deep in the object",
                        head + "{\"object\":{\"a\":{\"b\":1,\"b\":2}}}}",
                        "not JSON: Duplicate field 'b' .*"),
                Arguments.of(
                        "a key twice, of objects",
                        "[{\"a\":{},\n\"a\":{}}]",
                        "not JSON: Duplicate field 'a' [(]line 2, .*"),
                Arguments.of("a key twice, of lists", "{\"a\":[],\"a\":[1]}", "not JSON: Duplicate field 'a' .*"),
                Arguments.of("a key twice, first null", "{\"a\":null,\"a\":{}}", "not JSON: Duplicate field 'a' .*"),
                Arguments.of("no name twice", "{\"\":1,\"\":2}", "not JSON: Duplicate field '' .*"),
                Arguments.of(
                        "an odd key twice",
                        "{\"b for `ObjectNode`\":1,\"b for `ObjectNode`\":2}",
                        "not JSON: Duplicate field 'b for `ObjectNode`' .*"),
                Arguments.of("garbage behind it", "{} x", "not JSON: .*"),
                Arguments.of("another one behind it", "{}{}", "something follows the JSON"),
                Arguments.of("a deep nest", "[".repeat(10_000), "nested more than 100 deep.*"),
                Arguments.of(
                        "a deep object", "{\"a\":".repeat(200) + "1" + "}".repeat(200), "nested more than 100 deep.*"),
                Arguments.of(
                        "an endless number",
                        "{\"a\":" + "9".repeat(100_000) + "}",
                        ".*, or a number or name so long, as no CronJob has"),
                Arguments.of(
                        "an endless name",
                        "{\"" + "a".repeat(100_000) + "\":1}",
                        ".*, or a number or name so long, as no CronJob has"),
                Arguments.of(
                        "values without end",
                        "[" + "{},".repeat(500_000) + "{}]",
                        "nested more than 100 deep, or with so many values.*"),
                Arguments.of("no version", "{}", "apiVersion: must be admission.k8s.io/v1"),
                Arguments.of(
                        "another version",
                        "{\"apiVersion\":\"admission.k8s.io/v1beta1\"}",
                        "apiVersion: must be admission.k8s.io/v1"),
                Arguments.of("a version that is a number", "{\"apiVersion\":1}", "apiVersion: must be a string, .*"),
                Arguments.of(
                        "another kind",
                        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"CronJob\"}",
                        "kind: must be AdmissionReview"),
                Arguments.of("no request", head + "null}", "request: must be there"),
                Arguments.of("a request that is a list", head + "[]}", "request: must be an object, .*"),
                Arguments.of("no uid", head + "{}}", "request.uid: must be there"),
                Arguments.of("an empty uid", head + "{\"uid\":\"\"}}", "request.uid: must be there"),
                Arguments.of("a uid that is a number", head + "{\"uid\":5}}", "request.uid: must be a string, .*"),
                Arguments.of("no operation", head + "{\"uid\":\"u\"}}", "request.operation: must be there"),
                Arguments.of(
                        "a resource that is a text",
                        head + "{\"uid\":\"u\",\"operation\":\"CREATE\",\"resource\":\"cronjobs\"}}",
                        "request.resource: must be an object, .*"),
                Arguments.of(
                        "a dry run that is a text",
                        head + "{\"uid\":\"u\",\"operation\":\"CREATE\",\"object\":{},\"dryRun\":\"true\"}}",
                        "request.dryRun: must be true or false, but is a string"),
                Arguments.of(
                        "a dry run that is a number",
                        head + "{\"uid\":\"u\",\"operation\":\"CREATE\",\"object\":{},\"dryRun\":1}}",
                        "request.dryRun: must be true or false, but is the number 1"),
                Arguments.of("a namespace and a query", head + inNamespace("ml?1"), NO_NAMESPACE),
                Arguments.of("a namespace and a fragment", head + inNamespace("ml#x"), NO_NAMESPACE),
                Arguments.of("a path to a Secret", head + inNamespace("ml/secrets/tls"), NO_NAMESPACE),
                Arguments.of("a path out of namespaces", head + inNamespace("../../secrets?x=1"), NO_NAMESPACE),
                Arguments.of("a namespace and a line", head + inNamespace("ml\\n"), NO_NAMESPACE),
                Arguments.of("an endless namespace", head + inNamespace("a".repeat(700_000)), NO_NAMESPACE),
                Arguments.of(
                        "no object",
                        head + "{\"uid\":\"u\",\"operation\":\"CREATE\"}}",
                        "request.object: must be an object"),
                Arguments.of(
                        "an object that is null",
                        head + "{\"uid\":\"u\",\"operation\":\"UPDATE\",\"object\":null}}",
                        "request.object: must be an object"),
                Arguments.of(
                        "an object that is a list",
                        head + "{\"uid\":\"u\",\"operation\":\"DELETE\",\"object\":[]}}",
                        "request.object: must be an object"),
                Arguments.of(
                        "an old object that is a text",
                        head + "{\"uid\":\"u\",\"operation\":\"UPDATE\",\"object\":{},\"oldObject\":\"x\"}}",
                        "request.oldObject: must be an object"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void refusesABrokenBodyInOneSentence(String story, String body, String sentence) {
        assertBroken(body.getBytes(StandardCharsets.UTF_8), sentence);
    }

    static Stream<Arguments> noText() {
        return Stream.of(
                Arguments.of("broken UTF-8", new byte[] {'{', '"', (byte) 0xc3, 0x28, '"', ':', '1', '}'}),
                Arguments.of("an end in a character", new byte[] {'{', '"', (byte) 0xf0, (byte) 0x9f}),
                Arguments.of("UTF-16 cut off", new byte[] {(byte) 0xfe, (byte) 0xff, 0, '{', 0}),
                Arguments.of("UTF-32 that is none", new byte[] {0, 0, 0, '{', 0x7f, 0x7f, 0x7f, 0x7f}),
                Arguments.of("zeros", new byte[64]),
                Arguments.of("compressed", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noText")
    void refusesBytesThatAreNoText(String story, byte[] body) {
        assertBroken(body, "not JSON: .*");
    }

    private static void assertBroken(byte[] body, String sentence) {
        assertThatThrownBy(() -> AdmissionRequest.read(body))
                .isInstanceOfSatisfying(
                        BrokenRequestException.class,
                        e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageMatching("This is no admission review that Penstock can read: [^\\n]*[.]")
                .hasMessageMatching(".*: (must be an AdmissionReview, but is )?" + sentence + "[.]")
                .message()
                .hasSizeLessThan(300)
                .doesNotContain("Exception", "java.", "fasterxml", "Source");
    }

    private static AdmissionRequest readRequest(String request) {
        return read("{apiVersion: admission.k8s.io/v1, kind: AdmissionReview, request: " + request + "}");
    }

    private static AdmissionRequest read(String yaml) {
        return AdmissionRequest.read(Yaml.tree(yaml).toString().getBytes(StandardCharsets.UTF_8));
    }
}
