package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The containers that Penstock makes for steps. */
@EachControlPlane
class IntentStepsIT extends Scenarios {
    private static final String WITH_WORKSPACE = Policies.ONE.replace(
            "env: [{name: LOG_LEVEL, value: info}]", "volumeMounts: [{name: scratch, mountPath: /scratch}]");
    private static final Manifest STEPS = tasks("extract, train, evaluate");

    private static Manifest tasks(String tasks) {
        return Manifest.MINIMAL.annotate("penstock.dev/tasks", tasks);
    }

    @BeforeEach
    void giveAllContainersAWorkspace() {
        bench.policy(WITH_WORKSPACE);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void stepsAreMadeAndStay(Apply how) {
        bench.apply(how, STEPS);

        Stored steps = bench.churn();
        assertThat(initContainers()).containsExactly("extract", "train");
        assertThat(steps.containers()).containsExactly("evaluate");
        for (JsonNode step : both()) {
            assertThat(step.path("image").asText()).isEqualTo("registry.example.com/churn:1.4.2");
            assertThat(step.path("args").path(1)).isEqualTo(step.path("name"));
            assertThat(step.at("/volumeMounts/0/mountPath").asText()).isEqualTo("/scratch");
            assertThat(step.at("/resources/requests/memory").asText()).isEqualTo("1Gi");
        }
        assertThat(bench.apply(how, STEPS)).isEmpty();
        assertThat(bench.churn().spec()).isEqualTo(steps.spec());
        bench.assertNoDifference(how, STEPS);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void stepsFollowTheList(Apply how) {
        bench.apply(how, STEPS);
        Stored before = bench.churn();

        bench.apply(how, tasks("train, extract, clean, publish"));
        assertThat(initContainers()).containsExactly("train", "extract", "clean");
        assertThat(bench.churn().containers()).containsExactly("publish");
        assertThat(bench.churn().record()).doesNotContain("evaluate");
        bench.assertNoDifference(how, tasks("train, extract, clean, publish"));

        bench.apply(how, STEPS);
        assertThat(bench.churn().spec()).isEqualTo(before.spec());
        assertThat(bench.churn().record()).isEqualTo(before.record());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void stepsFollowTheirImages(Apply how) {
        bench.apply(how, STEPS);

        bench.apply(how, STEPS.annotate("penstock.dev/image.train", "registry.example.com/train:2"));
        assertThat(images()).containsExactly("churn:1.4.2", "train:2", "churn:1.4.2");
        bench.apply(how, STEPS.annotate("penstock.dev/image", "registry.example.com/churn:1.5.0"));
        assertThat(images()).containsExactly("churn:1.5.0", "churn:1.5.0", "churn:1.5.0");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void stepsTakeThePlaceOfTheOneContainerAndBack(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        Stored minimal = bench.churn();

        bench.apply(how, STEPS);
        assertThat(initContainers()).containsExactly("extract", "train");
        assertThat(bench.churn().containers()).containsExactly("evaluate");

        bench.apply(how, Manifest.MINIMAL);
        assertThat(bench.churn().spec()).isEqualTo(minimal.spec());
        assertThat(bench.churn().record()).isEqualTo(minimal.record());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void stepsGiveWayToTheAuthorsContainerAndBack(Apply how) {
        bench.apply(how, STEPS);
        Stored steps = bench.churn();

        bench.apply(how, Manifest.OWN_CONTAINER);
        assertThat(initContainers()).isEmpty();
        assertThat(bench.churn().containers()).containsExactly("main");

        bench.apply(how, STEPS);
        assertThat(bench.churn().spec()).isEqualTo(steps.spec());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void anEditMovesNoStep(Apply how) {
        bench.apply(how, STEPS);
        bench.policy(Policies.TWO);

        bench.kubectl("set", "image", "cronjob/churn", "extract=registry.example.com/extract:3");
        bench.kubectl("patch", "cronjob", "churn", "-p", "{\"spec\":{\"suspend\":true}}");

        assertThat(images()).containsExactly("extract:3", "churn:1.4.2", "churn:1.4.2");
        assertThat(bench.churn().schedule()).isEqualTo("0 1 * * *");
        bench.apply(how, tasks("train, evaluate"));
        assertThat(initContainers()).containsExactly("train");
    }

    @Test
    void aManifestThatIsPutBringsItsSteps() {
        bench.apply(Apply.CLIENT_SIDE, STEPS);

        bench.kubectl(List.of("replace", "-f", "-"), tasks("clean, train"));

        assertThat(initContainers()).containsExactly("clean");
        assertThat(bench.churn().containers()).containsExactly("train");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aListThatCannotBeIsDeniedAsAWhole(Apply how) {
        Kubectl.Result result = bench.kubectl()
                .run(how.kubectl("apply"), tasks("extract,, Train").toString());

        assertThat(result.exit()).isNotZero();
        assertThat(result.stderr()).contains("a task is missing", "lower-case letters", "(rule containerName)");
    }

    private List<String> initContainers() {
        return names(bench.churn().pod().path("initContainers"));
    }

    private List<String> images() {
        return both().stream()
                .map(step -> step.path("image").asText().replace("registry.example.com/", ""))
                .toList();
    }

    private List<JsonNode> both() {
        List<JsonNode> both = new ArrayList<>();
        bench.churn().pod().path("initContainers").forEach(both::add);
        bench.churn().pod().path("containers").forEach(both::add);
        return both;
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(element -> element.path("name").asText())
                .toList();
    }
}
