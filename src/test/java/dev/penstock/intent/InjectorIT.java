package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Injector;
import dev.penstock.controlplane.Injector.Turn;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A container that somebody else's webhook puts in front of the author's or ours. */
@EachControlPlane
class InjectorIT extends Scenarios {
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theContainerThatWeMakeIsUnharmed(Turn turn) {
        injected(turn, how -> {
            bench.apply(how, Manifest.MINIMAL);
            assertThatOnlyOursIsFilledIn("ml-pipeline-container");
            assertThatItIsStable(how, Manifest.MINIMAL);

            bench.apply(how, Manifest.MINIMAL.annotate(Manifest.IMAGE_ANNOTATION, "registry.example.com/churn:2.0.0"));
            assertThatOnlyOursIsFilledIn("ml-pipeline-container");
            assertThat(bench.churn()
                            .container("ml-pipeline-container")
                            .path("image")
                            .asText())
                    .isEqualTo("registry.example.com/churn:2.0.0");
        });
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theAuthorsContainerIsFilledIn(Turn turn) {
        injected(turn, how -> {
            bench.apply(how, Manifest.OWN_CONTAINER);
            assertThatOnlyOursIsFilledIn("main");
            assertThatItIsStable(how, Manifest.OWN_CONTAINER);
        });
    }

    private void injected(Turn turn, Consumer<Apply> scenario) {
        Injector injector = Injector.on(controlPlane, turn);
        try {
            for (Apply how : Apply.values()) {
                scenario.accept(how);
                bench.api().delete(Workbench.CHURN);
            }
        } finally {
            injector.close();
        }
    }

    private void assertThatOnlyOursIsFilledIn(String name) {
        Stored churn = bench.churn();
        assertThat(churn.containers()).containsExactlyInAnyOrder(Injector.SIDECAR, name);
        JsonNode sidecar = churn.container(Injector.SIDECAR);
        assertThat(sidecar.has("args")).isFalse();
        assertThat(sidecar.has("env")).isFalse();
        assertThat(churn.args(name)).containsExactly("--task", "run-pipeline");
        assertThat(churn.env(name, "LOG_LEVEL").path("value").asText()).isEqualTo("info");
    }

    private void assertThatItIsStable(Apply how, Manifest manifest) {
        Stored first = bench.churn();
        assertThat(bench.apply(how, manifest)).isEmpty();
        assertThat(bench.churn().spec()).isEqualTo(first.spec());
        assertThat(bench.churn().record()).isEqualTo(first.record());
        bench.kubectl("label", "cronjob", "churn", "owner=ml");
        assertThat(bench.churn().spec()).isEqualTo(first.spec());
        bench.assertNoDifference(how, manifest);
    }
}
