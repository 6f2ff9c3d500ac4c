package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Notice;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.PipelinePolicy;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside another webhook, which puts a mirror in front of every image. Each is called again for what the other changed. */
class MirrorTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String MIRROR = "mirror.local/";

    /** When the other webhook is called, if it is there. */
    enum Turn {
        BEFORE_PENSTOCK,
        AFTER_PENSTOCK
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "BEFORE_PENSTOCK, SERVER_APPLY",
        "BEFORE_PENSTOCK, CLIENT_APPLY",
        "AFTER_PENSTOCK, SERVER_APPLY",
        "AFTER_PENSTOCK, CLIENT_APPLY"
    })
    @Retention(RetentionPolicy.RUNTIME)
    private @interface OfEachTurnAndApply {}

    private Cluster cluster = new Cluster(this::admit);
    private final List<String> told = new ArrayList<>();
    private Reviewer reviewer;
    private @Nullable Turn turn;

    @BeforeEach
    void setPolicy() throws Exception {
        policy("stable");
    }

    private void policy(String tag) throws Exception {
        reviewer = RandomReview.reviewer(List.of(PipelinePolicy.read(Yaml.object("""
                {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: p}, spec: {image: {tag: %s}}}
                """.formatted(tag)))));
    }

    @OfEachTurnAndApply
    void standsWhereTheImageIsOurs(Turn turn, Step.Verb apply) {
        this.turn = turn;
        assertThatItIsStable(apply, "{image: 'churn:1'}", "ml-pipeline-container mirror.local/churn:1");
        assertThatItIsStable(apply, "{image: 'churn:2'}", "ml-pipeline-container mirror.local/churn:2");
        assertThatItIsStable(
                apply, "{image: churn, tasks: 'a, b'}", "a mirror.local/churn:stable", "b mirror.local/churn:stable");
        assertThatItIsStable(
                apply, "{image: 'churn:3', tasks: 'a, b'}", "a mirror.local/churn:3", "b mirror.local/churn:3");
    }

    /** One of a step goes before that of all, and is missed where it goes. */
    @OfEachTurnAndApply
    void standsWhicheverAnnotationNamesTheImage(Turn turn, Step.Verb apply) {
        this.turn = turn;
        String all = "image: 'churn:1', tasks: 'a, b'";
        String first = "a mirror.local/churn:1";
        assertThatItIsStable(apply, "{" + all + "}", first, "b mirror.local/churn:1");
        assertThatItIsStable(apply, "{" + all + ", image.b: 'own:1'}", first, "b mirror.local/own:1");
        assertThatItIsStable(apply, "{" + all + ", image.b: 'own:2'}", first, "b mirror.local/own:2");
        assertThatItIsStable(apply, "{" + all + "}", first, "b mirror.local/churn:1");
    }

    /** The first that it comes to see is a new image. */
    @OfEachTurnAndApply
    void standsWhereItCameLater(Turn turn, Step.Verb apply) {
        assertThatItIsStable(apply, "{image: 'churn:1'}", "ml-pipeline-container churn:1");
        this.turn = turn;
        assertThatItIsStable(apply, "{image: 'churn:2'}", "ml-pipeline-container mirror.local/churn:2");
        assertThatItIsStable(apply, "{image: 'churn:3'}", "ml-pipeline-container mirror.local/churn:3");
    }

    @ParameterizedTest(name = "{0}, {1}, of a copy: {2}")
    @CsvSource({
        "BEFORE_PENSTOCK, SERVER_APPLY, false",
        "AFTER_PENSTOCK, SERVER_APPLY, false",
        "BEFORE_PENSTOCK, SERVER_APPLY, true",
        "AFTER_PENSTOCK, SERVER_APPLY, true"
    })
    void goesWithTheContainerThatWasMade(Turn turn, Step.Verb apply, boolean copied) {
        this.turn = turn;
        assertThatItIsStable(apply, "{image: 'churn:1'}", "ml-pipeline-container mirror.local/churn:1");
        if (copied) {
            copy();
        }
        ObjectNode own = manifest("{}");
        container(own).put("image", "own:1");
        apply(apply, own);
        assertThat(images()).containsExactly("main mirror.local/own:1");
    }

    @OfEachTurnAndApply
    void standsInAContainerWhoseAuthorLeavesItsImageToTheAnnotation(Turn turn, Step.Verb apply) {
        this.turn = turn;
        for (String tag : List.of("1", "1", "2", "2")) {
            ObjectNode manifest = manifest("{image: 'churn:" + tag + "'}");
            container(manifest).putArray("args").add("x");
            apply(apply, manifest);
            assertThat(images()).containsExactly("main mirror.local/churn:" + tag);
            assertThat(told).noneMatch(text -> text.startsWith("is not used"));
        }
    }

    private static ObjectNode container(ObjectNode manifest) {
        return manifest.withObject("/spec/jobTemplate/spec/template/spec")
                .putArray("containers")
                .addObject()
                .put("name", "main");
    }

    /** As it was read, so that the record of what was filled in is the client's that creates it. */
    @OfEachTurnAndApply
    void standsInACopy(Turn turn, Step.Verb apply) {
        this.turn = turn;
        assertThatItIsStable(apply, "{image: 'churn:1'}", "ml-pipeline-container mirror.local/churn:1");
        copy();
        assertThat(images()).containsExactly("ml-pipeline-container mirror.local/churn:1");
        cluster.patch("kubectl-annotate", Yaml.object("{metadata: {annotations: {penstock.dev/image: 'churn:2'}}}"));
        assertThat(images()).containsExactly("ml-pipeline-container mirror.local/churn:2");
        for (String tag : List.of("3", "3", "4")) {
            apply(apply, manifest("{image: 'churn:" + tag + "'}"));
            assertThat(images()).containsExactly("ml-pipeline-container mirror.local/churn:" + tag);
            assertThat(told).noneMatch(text -> text.startsWith("is not used"));
        }
    }

    /** Of a pipeline beside which there was no mirror, or was one. */
    @OfEachTurnAndApply
    void standsWhereTheManifestHasTheRecordOfAnother(Turn turn, Step.Verb apply) {
        for (boolean mirrored : new boolean[] {false, true}) {
            this.turn = mirrored ? turn : null;
            cluster = new Cluster(this::admit);
            apply(apply, manifest("{image: 'churn:1'}"));
            String record = specAndMemory(cluster.stored()).get(1).asText();
            this.turn = turn;
            cluster = new Cluster(this::admit);
            for (String tag : List.of("1", "2", "2", "3", "3")) {
                apply(apply, manifest("{image: 'churn:" + tag + "', defaulted: '" + record + "'}"));
                assertThat(images()).containsExactly("ml-pipeline-container mirror.local/churn:" + tag);
            }
        }
    }

    private void copy() {
        ObjectNode copy = cluster.stored().orElseThrow().deepCopy();
        copy.withObject("/metadata").remove("managedFields");
        copy.withObject("/metadata/annotations").remove("kubectl.kubernetes.io/last-applied-configuration");
        cluster = new Cluster(this::admit);
        cluster.put("kubectl-create", copy);
    }

    private void assertThatItIsStable(Step.Verb apply, String annotations, String... images) {
        apply(apply, manifest(annotations));
        Optional<ObjectNode> stored = cluster.stored();
        assertThat(images()).containsExactly(images);
        told.clear();
        apply(apply, manifest(annotations));
        cluster.put("controller", cluster.stored().orElseThrow());
        assertThat(told).isEmpty();
        assertThat(specAndMemory(cluster.stored())).isEqualTo(specAndMemory(stored));
    }

    private void apply(Step.Verb apply, ObjectNode manifest) {
        if (apply == Step.Verb.CLIENT_APPLY) {
            cluster.applyByClient(manifest);
        } else {
            cluster.apply("tool", manifest);
        }
    }

    private static List<JsonNode> specAndMemory(Optional<ObjectNode> stored) {
        return List.of(
                stored.orElseThrow().path("spec"),
                stored.orElseThrow().at("/metadata/annotations/penstock.dev~1defaulted"));
    }

    private List<String> images() {
        JsonNode podSpec = Yaml.podSpec(cluster.stored().orElseThrow());
        return containers(podSpec)
                .map(container -> container.path("name").asText() + " "
                        + container.path("image").asText())
                .toList();
    }

    private static Stream<JsonNode> containers(JsonNode podSpec) {
        return Stream.of("initContainers", "containers")
                .flatMap(list -> podSpec.path(list).valueStream());
    }

    private static ObjectNode manifest(String annotations) {
        ObjectNode manifest = Yaml.object("""
                {apiVersion: batch/v1, kind: CronJob, spec: {},
                 metadata: {name: churn, namespace: ml, labels: {penstock.dev/pipeline: default}, annotations: {}}}
                """);
        Yaml.object(annotations)
                .properties()
                .forEach(annotation -> manifest.withObject("/metadata/annotations")
                        .set("penstock.dev/" + annotation.getKey(), annotation.getValue()));
        return manifest;
    }

    private Optional<ObjectNode> admit(ObjectNode sent, @Nullable ObjectNode old, String manager) {
        if (turn != Turn.BEFORE_PENSTOCK) {
            ObjectNode reviewed = reviewed(sent, old, manager);
            ObjectNode mirrored = turn == null ? reviewed : mirrored(reviewed);
            return Optional.of(mirrored.equals(reviewed) ? reviewed : mirrored(reviewed(mirrored, old, manager)));
        }
        ObjectNode reviewed = reviewed(mirrored(sent), old, manager);
        ObjectNode mirrored = mirrored(reviewed);
        return Optional.of(mirrored.equals(reviewed) ? reviewed : reviewed(mirrored, old, manager));
    }

    private ObjectNode reviewed(ObjectNode sent, @Nullable ObjectNode old, String manager) {
        ObjectNode object = sent.deepCopy();
        Verdict verdict = reviewer.mutate(new Review(object, old, "ml", new Review.Request(manager), NOW));
        assertThat(verdict.isDenied()).as("%s", verdict.findings()).isFalse();
        verdict.notices().stream().map(Notice::text).forEach(told::add);
        return ApiServer.filled(Wire.decoded(object));
    }

    private static ObjectNode mirrored(ObjectNode sent) {
        ObjectNode object = sent.deepCopy();
        containers(Yaml.podSpec(object)).forEach(container -> {
            String image = container.path("image").asText();
            if (!image.isEmpty() && !image.startsWith(MIRROR)) {
                ((ObjectNode) container).put("image", MIRROR + image);
            }
        });
        return object;
    }
}
