package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.RawApi.Patch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The container that Penstock makes, and what it fills in of the author's. */
@EachControlPlane
class IntentContainersIT extends Scenarios {
    private static final String MADE = "ml-pipeline-container";
    private static final String CONTAINERS = "/spec/jobTemplate/spec/template/spec/containers";
    private static final String MAIN = "name: main, image: 'registry.example.com/churn:1.4.2'";

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theContainerThatWeMadeFollowsTheAnnotation(Apply how) {
        bench.apply(how, Manifest.MINIMAL);

        bench.apply(how, withImage("registry.example.com/churn:latest"));
        assertMade("registry.example.com/churn:latest", "Always");
        bench.apply(how, withImage("registry.example.com/churn"));
        assertMade("registry.example.com/churn:stable", "Always");
        bench.apply(how, withImage("registry.example.com/churn:1.5.0"));
        assertMade("registry.example.com/churn:1.5.0", "IfNotPresent");
        bench.assertNoDifference(how, withImage("registry.example.com/churn:1.5.0"));
    }

    private static Manifest withImage(String image) {
        return Manifest.MINIMAL.annotate(Manifest.IMAGE_ANNOTATION, image);
    }

    private void assertMade(String image, String pullPolicy) {
        assertThat(bench.churn().containers()).containsExactly(MADE);
        JsonNode made = bench.churn().container(MADE);
        assertThat(made.path("image").asText()).isEqualTo(image);
        assertThat(made.path("imagePullPolicy").asText()).isEqualTo(pullPolicy);
        assertThat(bench.churn().source("containers[" + MADE + "]")).contains("made");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theArgumentsThatWeWroteFollowTheTask(Apply how) {
        bench.apply(how, Manifest.MINIMAL);

        bench.apply(how, Manifest.MINIMAL.annotate("penstock.dev/task", "score"));
        assertThat(bench.churn().args(MADE)).containsExactly("--task", "score");
        bench.apply(how, Manifest.MINIMAL);
        assertThat(bench.churn().args(MADE)).containsExactly("--task", "run-pipeline");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theContainerThatWeMadeGivesWayToTheAuthorsAndBack(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        Stored minimal = bench.churn();

        bench.apply(how, Manifest.OWN_CONTAINER);
        assertThat(bench.churn().containers()).containsExactly("main");
        assertThat(bench.churn().defaulted().keySet()).noneMatch(path -> path.contains(MADE));
        bench.assertNoDifference(how, Manifest.OWN_CONTAINER);

        bench.apply(how, Manifest.MINIMAL);
        assertThat(bench.churn().spec()).isEqualTo(minimal.spec());
        assertThat(bench.churn().record()).isEqualTo(minimal.record());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theArgumentsThatWeWroteGiveWayToACommandAndBack(Apply how) {
        bench.apply(how, Manifest.OWN_CONTAINER);
        assertThat(bench.churn().args("main")).containsExactly("--task", "run-pipeline");

        bench.apply(how, Manifest.OWN_CONTAINER.pod("containers: [{" + MAIN + ", command: [python, train.py]}]"));
        assertThat(bench.churn().args("main")).isEmpty();

        bench.apply(how, Manifest.OWN_CONTAINER);
        assertThat(bench.churn().args("main")).containsExactly("--task", "run-pipeline");
    }

    @Test
    void theArgumentsThatWeWroteGiveWayToACommandThatIsPatchedIn() {
        bench.apply(Apply.SERVER_SIDE, Manifest.OWN_CONTAINER);

        bench.patch(
                Patch.JSON,
                "[{\"op\":\"add\",\"path\":\"" + CONTAINERS + "/0/command\",\"value\":[\"python\",\"train.py\"]}]");

        assertThat(bench.churn().args("main")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theAuthorsSourceOfAnEntryOrVolumeIsTakenWhole(Apply how) {
        bench.apply(how, Manifest.OWN_CONTAINER);
        assertThat(bench.churn().env("main", "LOG_LEVEL").path("value").asText())
                .isEqualTo("info");
        assertThat(bench.churn().volume("scratch").has("emptyDir")).isTrue();
        Manifest sources = Manifest.OWN_CONTAINER.pod("containers: [{" + MAIN
                + ", env: [{name: LOG_LEVEL, valueFrom: {configMapKeyRef: {name: logging, key: level}}}]}], "
                + "volumes: [{name: scratch, persistentVolumeClaim: {claimName: data}}]");

        bench.apply(how, sources);

        assertThat(bench.churn()
                        .env("main", "LOG_LEVEL")
                        .at("/valueFrom/configMapKeyRef/name")
                        .asText())
                .isEqualTo("logging");
        assertThat(bench.churn().env("main", "LOG_LEVEL").has("value")).isFalse();
        assertThat(bench.churn().volume("scratch").has("persistentVolumeClaim")).isTrue();
        assertThat(bench.churn().volume("scratch").has("emptyDir")).isFalse();
        assertThat(bench.churn().defaulted().keySet())
                .noneMatch(path -> path.contains("LOG_LEVEL") || path.contains("scratch"));
        assertThat(bench.apply(how, sources)).isEmpty();
        bench.assertNoDifference(how, sources);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whatIsFilledInStaysWithItsContainer(Apply how) {
        String first = "{name: main, image: 'registry.example.com/churn:1.4.2', command: [python]}";
        bench.apply(how, Manifest.OWN_CONTAINER.pod("containers: [" + first + "]"));
        JsonNode main = bench.churn().container("main");
        Manifest inFront = Manifest.OWN_CONTAINER.pod(
                "containers: [{name: extra, image: 'registry.example.com/extra:2', command: [sh]}, " + first + "]");

        bench.apply(how, inFront);

        assertFilledInInBoth(main);
        bench.assertNoDifference(how, inFront);
    }

    @Test
    void whatIsFilledInStaysWithItsContainerWhenOneIsPatchedInFront() {
        bench.apply(
                Apply.SERVER_SIDE,
                Manifest.OWN_CONTAINER.pod(
                        "containers: [{name: main, image: 'registry.example.com/churn:1.4.2', command: [python]}]"));
        JsonNode main = bench.churn().container("main");

        bench.patch(
                Patch.JSON,
                "[{\"op\":\"add\",\"path\":\"" + CONTAINERS
                        + "/0\",\"value\":{\"name\":\"extra\",\"image\":\"registry.example.com/extra:2\",\"command\":[\"sh\"]}}]");

        assertThat(bench.churn().containers()).containsExactly("extra", "main");
        assertFilledInInBoth(main);
    }

    private void assertFilledInInBoth(JsonNode main) {
        Stored churn = bench.churn();
        assertThat(churn.container("main")).isEqualTo(main);
        assertThat(churn.env("extra", "LOG_LEVEL").path("value").asText()).isEqualTo("info");
        assertThat(churn.defaulted().keySet())
                .anyMatch(path -> path.endsWith("containers[main].env[LOG_LEVEL]"))
                .anyMatch(path -> path.endsWith("containers[extra].env[LOG_LEVEL]"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void setImageToATagThatMovesTakesThePullPolicyAlong(Apply how) {
        bench.apply(how, Manifest.OWN_CONTAINER);
        assertThat(pullPolicy()).isEqualTo("IfNotPresent");

        bench.kubectl("set", "image", "cronjob/churn", "main=registry.example.com/churn:latest");

        assertThat(pullPolicy()).isEqualTo("Always");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void setImageLeavesTheAuthorsPullPolicy(Apply how) {
        bench.apply(how, Manifest.OWN_CONTAINER.pod("containers: [{" + MAIN + ", imagePullPolicy: IfNotPresent}]"));

        bench.kubectl("set", "image", "cronjob/churn", "main=registry.example.com/churn:latest");

        assertThat(pullPolicy()).isEqualTo("IfNotPresent");
    }

    private String pullPolicy() {
        return bench.churn().container("main").path("imagePullPolicy").asText();
    }
}
