package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import dev.penstock.cases.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/review.schema.json} says what {@code -o json} writes: all of it and nothing else. */
class ReviewSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    // Whose keys are not ours.
    private static final Set<String> OPEN = Set.of("object", "value");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    static List<Case> cases() {
        return Case.all();
    }

    private static Schema schema() throws Exception {
        return Schemas.of(Files.newInputStream(Path.of("docs/review.schema.json")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isThatOfEveryCase(Case story) throws Exception {
        assertThat(schema().validate(JSON.readTree(
                        ReviewCommandTest.review(story, "json").out())))
                .isEmpty();
    }

    @Test
    void isThatOfAllThatAReportCanHold() throws Exception {
        assertThat(schema().validate(report())).isEmpty();
    }

    @Test
    void knowsNoOtherKey() throws Exception {
        JsonNode report = report();
        List<ObjectNode> objects = new ArrayList<>();
        collect(report, objects);
        Schema schema = schema();
        Set<String> keys = new TreeSet<>();
        for (ObjectNode object : objects) {
            List<String> own =
                    object.properties().stream().map(Map.Entry::getKey).toList();
            keys.addAll(own);
            for (String key : own) {
                JsonNode value = object.remove(key);
                object.set(key + "s", value);
                assertThat(schema.validate(report)).as(key).isNotEmpty();
                object.remove(key + "s");
                object.set(key, value);
            }
        }
        assertThat(schema.validate(report)).isEmpty();
        assertThat(keys).contains("passedOver", "error", "object", "kind", "notices", "source", "value");
    }

    /** Of the samples, of a field of the wrong type, and of what cannot be read. */
    private JsonNode report() throws Exception {
        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"), ReviewCommandTest.FINE.replace("schedule: 0 1 * * *", "schedule: {}"));
        String hashed = Case.named("hashed-schedule").input().toString();
        Run run = Run.of(
                "review", "-o", "json", "-f", "samples", "-f", hashed, "-f", "missing.yaml", "-f", wrong.toString());
        JsonNode report = JSON.readTree(run.out());
        assertThat(report.path("summary").path("denied").asInt()).isGreaterThan(1);
        assertThat(report.path("errors")).hasSize(1);
        return report;
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
            object.properties().stream()
                    .filter(member -> !OPEN.contains(member.getKey()))
                    .forEach(member -> collect(member.getValue(), objects));
        } else {
            node.forEach(element -> collect(element, objects));
        }
    }
}
