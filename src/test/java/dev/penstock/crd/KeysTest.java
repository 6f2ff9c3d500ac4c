package dev.penstock.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.policy.Action;
import dev.penstock.policy.Documents;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyFile;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.rules.Rules;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The definitions that are shipped know what the readers of policies know, key by key. */
class KeysTest {
    private static final String UNKNOWN = "unknown key; known are: ";
    private static final String INVENTED = "unheardOf";
    // The API server's, which no definition names.
    private static final Set<String> OF_EVERY_RESOURCE = Set.of("apiVersion", "kind", "metadata");

    static Stream<ObjectSchema> objects() {
        return Resource.ALL.stream().flatMap(resource -> ObjectSchema.all(resource).stream());
    }

    static Stream<ObjectSchema> objectsWithKeys() {
        return objects().filter(object -> !object.isFree());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objectsWithKeys")
    void namesTheKeysThatTheReaderKnows(ObjectSchema object) {
        Set<String> keys = new TreeSet<>(object.keys());
        if (object.path().isEmpty()) {
            keys.addAll(OF_EVERY_RESOURCE);
        }
        assertThat(problems(object.document(INVENTED, JsonNodeFactory.instance.objectNode()))
                        .filter(problem -> problem.path().equals(object.path(INVENTED)))
                        .map(PolicyProblem::message))
                .singleElement()
                .satisfies(message -> assertThat(message).startsWith(UNKNOWN))
                .satisfies(message -> assertThat(
                                message.substring(UNKNOWN.length()).split(", "))
                        .containsExactlyInAnyOrderElementsOf(keys));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objectsWithKeys")
    void eachKeyIsKnownAlone(ObjectSchema object) {
        for (String key : object.keys()) {
            JsonNode document = object.document(key, object.example(key));
            assertThat(problems(document).filter(problem -> problem.message().startsWith(UNKNOWN)))
                    .as(document.toString())
                    .isEmpty();
        }
    }

    @Test
    void onlyTheSpecOfACronJobIsFree() {
        assertThat(objects().filter(ObjectSchema::isFree).map(ObjectSchema::path))
                .isNotEmpty()
                .allMatch(path -> path.endsWith("defaults.spec"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objects")
    void keepsWhatIsMisspelt(ObjectSchema object) {
        if (!object.path().isEmpty()) { // A definition cannot say it of the root.
            assertThat(object.schema()
                            .path("x-kubernetes-preserve-unknown-fields")
                            .asBoolean())
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objects")
    void saysWhatEachKeyIs(ObjectSchema object) {
        assertThat(object.schema().path("properties"))
                .allSatisfy(property ->
                        assertThat(property.path("description").asText()).endsWith("."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec.rules", "spec.profiles.x.rules"})
    void hasEachRule(String path) {
        assertThat(object(path).keys()).containsExactlyElementsOf(Rules.ids());
    }

    @Test
    void namesTheBuiltInActionOfEachRule() {
        JsonNode rules = object("spec.rules").schema().path("properties");
        PolicyFile.builtIn()
                .rules()
                .forEach((id, setting) -> assertThat(
                                rules.path(id).path("description").asText())
                        .endsWith(" Built-in action: " + setting.path("action").asText() + "."));
    }

    @Test
    void spellsTheActionsAsTheReader() {
        List<String> actions =
                Arrays.stream(Action.values()).map(Action::toString).sorted().toList();
        assertThat(objects()
                        .flatMap(object -> Stream.of("action", "enforcement")
                                .map(key -> object.schema().path("properties").path(key))
                                .filter(property -> !property.isMissingNode())))
                .hasSize(2 * Rules.ids().size() + 1)
                .allSatisfy(property -> assertThat(property.path("enum"))
                        .extracting(JsonNode::asText)
                        .containsExactlyElementsOf(actions));
    }

    private static ObjectSchema object(String path) {
        return ObjectSchema.all(Resource.ALL.get(0)).stream()
                .filter(object -> object.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<PolicyProblem> problems(JsonNode document) {
        try {
            return Rules.problems(Documents.read(document)).stream();
        } catch (InvalidPolicyException e) {
            return e.problems().stream();
        }
    }
}
