package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Notice;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.PipelinePolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What anyone may write into an object breaks nothing, however long it is, and what is told and remembered of it stays short. */
class HostileReviewTest {
    private static final String DEFAULTED = "penstock.dev/defaulted";

    static Stream<String> garbage() {
        String backslashes = "\\".repeat(20_000);
        return Stream.of("", "[", "]", "a.", "..", "[\"", "[".repeat(20_000), "a.".repeat(20_000), "[\"" + backslashes)
                .flatMap(path -> Stream.of(path, path + "]", path + ".name"));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void aPathThatIsNoneIsForgotten(String path) throws Exception {
        ObjectNode old = pipeline(1);
        annotate(
                old,
                DEFAULTED,
                JsonNodeFactory.instance.objectNode().put(path, "policy p").toString());
        ObjectNode object = old.deepCopy();
        annotate(object, "penstock.dev/refresh", "1");
        annotate(object, "penstock.dev/keep", path);
        assertThat(Yaml.tree(mutate(object, old).defaulted()).properties())
                .extracting(Map.Entry::getKey)
                .isNotEmpty()
                .allMatch(key -> key.startsWith("spec."));
        assertThat(object.at("/metadata/name").asText()).isEqualTo("churn");
    }

    @Test
    void whatCannotBeRememberedIsToldInOneLine() throws Exception {
        Verdict verdict = mutate(pipeline(2_000), null);
        assertThat(verdict.defaulted().length()).isBetween(10_000, 64 << 10);
        assertThat(verdict.notices())
                .extracting(Notice::text)
                .filteredOn(text -> text.startsWith("is followed no longer, as are "))
                .singleElement()
                .asString()
                .endsWith(" others: penstock.dev/defaulted has no room");
    }

    @Test
    void whatIsRememberedLeavesOtherAnnotationsTheirRoom() throws Exception {
        ObjectNode object = pipeline(300);
        annotate(object, "note", "ä".repeat(120_000));
        assertThat(mutate(object, null).isDenied()).isFalse();
        int bytes = object.at("/metadata/annotations").properties().stream()
                .mapToInt(entry -> (entry.getKey() + entry.getValue().asText()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(bytes).isBetween(250_000, 256 << 10);
    }

    private static ObjectNode pipeline(int containers) {
        ObjectNode pipeline = Yaml.pipelineOfPod("{restartPolicy: Never, containers: []}");
        for (int i = 0; i < containers; i++) {
            ObjectNode container = Yaml.object("{image: 'a:1'}").put("name", "c" + i);
            pipeline.withArray("/spec/jobTemplate/spec/template/spec/containers")
                    .add(container);
        }
        return pipeline;
    }

    private static void annotate(ObjectNode object, String key, String value) {
        object.withObject("/metadata/annotations").put(key, value);
    }

    private static Verdict mutate(ObjectNode object, @Nullable ObjectNode old) throws Exception {
        ObjectNode policy = Yaml.object("""
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: p}
                spec:
                  defaults:
                    spec:
                      schedule: 0 1 * * *
                      jobTemplate:
                        spec: {template: {spec: {containers: [{name: '*', resources: {limits: {cpu: 1}}}]}}}
                """);
        Reviewer reviewer = Reviewer.of(PipelinePolicy.read(policy));
        return reviewer.mutate(new Review(object, old, "ml", new Review.Request(""), Instant.EPOCH));
    }
}
