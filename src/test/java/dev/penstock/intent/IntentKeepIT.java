package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.EachControlPlane;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code penstock.dev/keep}: fields that are to be left alone. */
@EachControlPlane
class IntentKeepIT extends Scenarios {
    private static final String KEEP = "penstock.dev/keep";

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"spec.concurrencyPolicy", "concurrencyPolicy"})
    void keepsWhatCreateCannotTellFromLeftOut(String field) {
        Manifest kept = Manifest.MINIMAL
                .spec("concurrencyPolicy: Allow, successfulJobsHistoryLimit: 7")
                .annotate(KEEP, field);

        assertThat(bench.create(kept)).isEmpty();

        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Allow");
        assertThat(bench.churn().schedule()).isEqualTo("0 1 * * *");
        bench.kubectl("label", "cronjob", "churn", "team=ml");
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Allow");
    }

    @Test
    void keepsAnElementOfAList() {
        bench.apply(Apply.HTTP, Manifest.OWN_CONTAINER);
        String path = "spec.jobTemplate.spec.template.spec.containers[main].env[LOG_LEVEL]";
        assertThat(bench.churn().defaulted()).containsKey(path);

        bench.apply(Apply.HTTP, Manifest.OWN_CONTAINER.annotate(KEEP, path));
        bench.policy(Policies.TWO);
        bench.apply(Apply.HTTP, Manifest.OWN_CONTAINER.annotate(KEEP, path));

        assertThat(bench.churn().env("main", "LOG_LEVEL").path("value").asText())
                .isEqualTo("info");
        assertThat(bench.churn().schedule()).isEqualTo("0 2 * * *");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whatIsKeptFollowsNoPolicyUntilItIsKeptNoMore(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        bench.apply(how, Manifest.MINIMAL.annotate(KEEP, "spec.schedule"));
        assertThat(bench.churn().source("spec.schedule")).contains("policy one");

        bench.policy(Policies.TWO);
        bench.apply(how, Manifest.MINIMAL.annotate(KEEP, "spec.schedule").label("team", "ml"));

        assertThat(bench.churn().schedule()).isEqualTo("0 1 * * *");
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Replace");

        bench.apply(how, Manifest.MINIMAL.label("team", "ml"));
        assertThat(bench.churn().schedule()).isEqualTo("0 2 * * *");
    }

    @Test
    void saysThatItKnowsNoSuchField() {
        List<String> warnings = bench.apply(Apply.SERVER_SIDE, Manifest.MINIMAL.annotate(KEEP, "spec.shedule"));

        assertThat(warnings).singleElement().asString().contains("spec.shedule");
        assertThat(bench.churn().schedule()).isEqualTo("0 1 * * *");
    }
}
