package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.EachControlPlane;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Manifests that are applied again and again. */
@EachControlPlane
class IntentApplyIT extends Scenarios {
    @Test
    void aCreatedManifestGetsWhatAnAppliedOneGets() {
        bench.create(Manifest.MINIMAL);
        Stored created = bench.churn();
        bench.api().delete(Workbench.CHURN);

        bench.apply(Apply.SERVER_SIDE, Manifest.MINIMAL);

        assertThat(bench.churn().spec()).isEqualTo(created.spec());
        assertThat(bench.churn().record()).isEqualTo(created.record());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aSecondApplyChangesNothing(Apply how) {
        assertThat(bench.apply(how, Manifest.MINIMAL)).isEmpty();
        Stored first = bench.churn();
        assertThat(first.schedule()).isEqualTo("0 1 * * *");
        assertThat(first.concurrencyPolicy()).isEqualTo("Forbid");
        assertThat(first.containers()).containsExactly("ml-pipeline-container");

        assertThat(bench.apply(how, Manifest.MINIMAL)).isEmpty();

        assertThat(bench.churn()).isEqualTo(first);
        bench.assertNoDifference(how, Manifest.MINIMAL);
    }

    @Test
    void kubectlSaysUnchangedOfASecondApply() {
        bench.apply(Apply.CLIENT_SIDE, Manifest.MINIMAL);

        assertThat(bench.kubectl(Apply.CLIENT_SIDE.kubectl("apply"), Manifest.MINIMAL)
                        .stdout())
                .isEqualTo("cronjob.batch/churn unchanged\n");
    }

    @Test
    void movesToServerSideApplyAndBack() {
        bench.apply(Apply.CLIENT_SIDE, Manifest.MINIMAL);
        Stored first = bench.churn();

        for (Apply next : List.of(Apply.SERVER_SIDE, Apply.CLIENT_SIDE)) {
            assertThat(bench.apply(next, Manifest.MINIMAL)).isEmpty();
            assertThat(bench.churn().spec()).isEqualTo(first.spec());
            assertThat(bench.churn().record()).isEqualTo(first.record());
            bench.assertNoDifference(next, Manifest.MINIMAL);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theDefaultsReturnWhenFieldsAreTakenOut(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        Stored minimal = bench.churn();
        bench.apply(
                how,
                Manifest.MINIMAL
                        .spec("schedule: 5 5 * * 1, concurrencyPolicy: Allow, successfulJobsHistoryLimit: 3")
                        .job("backoffLimit: 7")
                        .pod("restartPolicy: Never"));
        assertThat(bench.churn().schedule()).isEqualTo("5 5 * * 1");
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Allow");
        assertThat(bench.churn().pod().path("restartPolicy").asText()).isEqualTo("Never");

        bench.apply(how, Manifest.MINIMAL);

        assertThat(bench.churn().spec()).isEqualTo(minimal.spec());
        assertThat(bench.churn().record()).isEqualTo(minimal.record());
        bench.assertNoDifference(how, Manifest.MINIMAL);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whatIsCompletedStaysPutAtEachApply(Apply how) {
        Manifest halfway = Manifest.OWN_CONTAINER
                .spec("schedule: H 2 * * *")
                .pod("containers: [{name: main, image: registry.example.com/churn}]");
        bench.apply(how, halfway);
        Stored first = bench.churn();
        assertThat(first.schedule()).matches("[0-9]{1,2} 2 \\* \\* \\*");
        assertThat(first.container("main").path("image").asText()).isEqualTo("registry.example.com/churn:stable");

        assertThat(bench.apply(how, halfway)).isEmpty();

        assertThat(bench.churn()).isEqualTo(first);
        bench.assertNoDifference(how, halfway);
    }

    /** Client-side apply compares what is stored with the manifest, and cannot know that the one comes of the other. */
    @Test
    void kubectlSaysConfiguredOfWhatIsCompleted() {
        Manifest hashed = Manifest.MINIMAL.spec("schedule: H 2 * * *");
        bench.apply(Apply.CLIENT_SIDE, hashed);

        assertThat(bench.kubectl(Apply.CLIENT_SIDE.kubectl("apply"), hashed).stdout())
                .isEqualTo("cronjob.batch/churn configured\n");
    }
}
