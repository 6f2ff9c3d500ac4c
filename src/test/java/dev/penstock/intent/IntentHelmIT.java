package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.Helm;
import dev.penstock.controlplane.Helm.Mode;
import dev.penstock.controlplane.RecordedReview;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Manifests that Helm brings, which are upgraded and upgraded. */
@ParameterizedClass(name = "{0}", autoCloseArguments = false)
@ArgumentsSource(ControlPlanes.WithHelm.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntentHelmIT extends Scenarios {
    private static final Manifest EXPLICIT = Manifest.MINIMAL.spec("concurrencyPolicy: Allow");

    @AfterEach
    void uninstallTheRelease() {
        helm().uninstall("churn");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void anUpgradeToTheSameChangesNothing(Mode mode) {
        upgrade(mode, Manifest.MINIMAL);
        Stored first = bench.churn();
        assertThat(first.schedule()).isEqualTo("0 1 * * *");
        assertThat(first.concurrencyPolicy()).isEqualTo("Forbid");

        assertThat(upgrade(mode, Manifest.MINIMAL)).isEmpty();

        assertThat(bench.churn()).isEqualTo(first);
    }

    @Test
    void keepsTheServersDefaultThatIsWritten() {
        assertThat(upgrade(Mode.SERVER_SIDE, EXPLICIT)).isEmpty();
        assertThat(upgrade(Mode.SERVER_SIDE, EXPLICIT.label("team", "ml"))).isEmpty();

        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Allow");
    }

    @Test
    void whatClientSideCannotTellFromLeftOutIsFilledInAndSaid() {
        Manifest explicit = EXPLICIT.spec("concurrencyPolicy: Allow, successfulJobsHistoryLimit: 7");

        List<String> warnings = upgrade(Mode.CLIENT_SIDE, explicit);

        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Forbid");
        assertThat(warnings).singleElement().asString().contains("concurrencyPolicy", "penstock.dev/keep");
    }

    @Test
    void followsThePolicyServerSide() {
        upgrade(Mode.SERVER_SIDE, Manifest.MINIMAL);
        bench.policy(Policies.TWO);

        List<String> warnings = upgrade(Mode.SERVER_SIDE, Manifest.MINIMAL);

        assertThat(bench.churn().schedule()).isEqualTo("0 2 * * *");
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Replace");
        assertThat(warnings)
                .anyMatch(warning -> warning.contains("spec.schedule follows policy two: 0 1 * * * → 0 2 * * *"));
    }

    /** It sends nothing where the manifest is what it was. */
    @Test
    void followsThePolicyClientSideOnceTheManifestIsAnother() {
        upgrade(Mode.CLIENT_SIDE, Manifest.MINIMAL);
        bench.policy(Policies.TWO);
        upgrade(Mode.CLIENT_SIDE, Manifest.MINIMAL);
        assertThat(bench.churn().schedule()).isEqualTo("0 1 * * *");

        upgrade(
                Mode.CLIENT_SIDE,
                Manifest.MINIMAL.annotate(Manifest.IMAGE_ANNOTATION, "registry.example.com/churn:2.0.0"));

        assertThat(bench.churn().schedule()).isEqualTo("0 2 * * *");
        assertThat(bench.churn()
                        .container("ml-pipeline-container")
                        .path("image")
                        .asText())
                .isEqualTo("registry.example.com/churn:2.0.0");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theContainerThatWeMadeGivesWayToTheAuthorsAndBack(Mode mode) {
        upgrade(mode, Manifest.MINIMAL);
        Stored minimal = bench.churn();

        upgrade(mode, Manifest.OWN_CONTAINER);
        assertThat(bench.churn().containers()).containsExactly("main");

        upgrade(mode, Manifest.MINIMAL);
        assertThat(bench.churn().spec()).isEqualTo(minimal.spec());
        assertThat(bench.churn().record()).isEqualTo(minimal.record());
    }

    /** Upgrades the release, and returns what Penstock warned of. */
    private List<String> upgrade(Mode mode, Manifest manifest) {
        int before = bench.reviews().size();
        helm().upgrade(mode, "churn", manifest.toString());
        return bench.reviews().stream()
                .skip(before)
                .map(RecordedReview::warnings)
                .flatMap(List::stream)
                .toList();
    }

    private Helm helm() {
        return controlPlane.helm().orElseThrow();
    }
}
