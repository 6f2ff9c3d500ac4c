package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.RawApi.Patch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written by other means than an apply. */
@EachControlPlane
class IntentEditIT extends Scenarios {
    /** Ways to write what the API server would fill in by itself. */
    enum ToTheServersDefault {
        UPDATE {
            @Override
            void write(Workbench bench) {
                bench.update(object -> ((ObjectNode) object.path("spec")).put("concurrencyPolicy", "Allow"));
            }
        },
        MERGE_PATCH {
            @Override
            void write(Workbench bench) {
                bench.patch(Patch.MERGE, "{\"spec\":{\"concurrencyPolicy\":\"Allow\"}}");
            }
        },
        JSON_PATCH {
            @Override
            void write(Workbench bench) {
                bench.patch(
                        Patch.JSON, "[{\"op\":\"replace\",\"path\":\"/spec/concurrencyPolicy\",\"value\":\"Allow\"}]");
            }
        },
        /** Which reads as writing the server's default: a documented limit. */
        MERGE_PATCH_TO_NULL {
            @Override
            void write(Workbench bench) {
                bench.patch(Patch.MERGE, "{\"spec\":{\"concurrencyPolicy\":null}}");
            }
        },
        KUBECTL_PATCH {
            @Override
            void write(Workbench bench) {
                bench.kubectl("patch", "cronjob", "churn", "-p", "{\"spec\":{\"concurrencyPolicy\":\"Allow\"}}");
            }
        },
        KUBECTL_EDIT {
            @Override
            void write(Workbench bench) {
                bench.kubectl().mustEdit("cronjob", "churn", "s/concurrencyPolicy: Forbid/concurrencyPolicy: Allow/");
            }
        };

        abstract void write(Workbench bench);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void keepsTheServersDefaultThatIsWrittenLater(ToTheServersDefault edit) {
        for (Apply how : List.of(Apply.CLIENT_SIDE, Apply.HTTP)) {
            bench.apply(how, Manifest.MINIMAL);
            assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Forbid");

            edit.write(bench);

            assertThatItIsTheAuthors();
            bench.kubectl("label", "cronjob", "churn", "owner=ml");
            bench.patch(Patch.MERGE, "{\"spec\":{\"suspend\":true}}");
            assertThatItIsTheAuthors();
            bench.apply(how, Manifest.MINIMAL.label("team", "ml"));
            assertThatItIsTheAuthors();
            bench.api().delete(Workbench.CHURN);
        }
    }

    private void assertThatItIsTheAuthors() {
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Allow");
        assertThat(bench.churn().source("spec.concurrencyPolicy")).contains("author");
    }

    @Test
    void whatCreateCannotTellFromLeftOutIsFilledInAndSaid() {
        Manifest explicit = Manifest.MINIMAL.spec("concurrencyPolicy: Allow, successfulJobsHistoryLimit: 7");

        List<String> byKubectl = bench.create(explicit);

        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Forbid");
        assertThat(byKubectl).singleElement().asString().contains("concurrencyPolicy", "penstock.dev/keep");
        bench.api().delete(Workbench.CHURN);
        assertThat(Workbench.succeeded(bench.api().post(Workbench.CRON_JOBS, explicit.toString())))
                .isEqualTo(byKubectl);
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Forbid");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void replacingByAMinimalManifestBringsTheDefaults(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        Stored minimal = bench.churn();
        List<String> replace = List.of("replace", "-f", "-");

        assertThat(bench.kubectl(replace, Manifest.MINIMAL).warnings()).isEmpty();
        assertThat(bench.churn().spec()).isEqualTo(minimal.spec());

        bench.kubectl(
                replace,
                Manifest.MINIMAL
                        .spec("schedule: 5 5 * * 1, concurrencyPolicy: Replace")
                        .job("backoffLimit: 7"));
        assertThat(bench.churn().schedule()).isEqualTo("5 5 * * 1");
        bench.kubectl(replace, Manifest.MINIMAL);
        assertThat(bench.churn().spec()).isEqualTo(minimal.spec());
        assertThat(bench.churn().record()).isEqualTo(minimal.record());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whatAManifestReplacesWithOurValueIsTheAuthors(Apply how) {
        Manifest manifest = Manifest.MINIMAL.spec("concurrencyPolicy: Forbid");
        List<String> replace = List.of("replace", "-f", "-");
        bench.apply(how, Manifest.MINIMAL);
        assertThat(bench.churn().source("spec.concurrencyPolicy")).isPresent();

        bench.kubectl(replace, manifest);
        assertThat(bench.churn().source("spec.concurrencyPolicy")).isEmpty();
        assertThat(bench.churn().source("spec.schedule")).isPresent();

        bench.policy(Policies.TWO);
        bench.kubectl(replace, manifest);
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Forbid");
    }

    /** As controllers do it that are written in Go: the rest of the object stays as it was read. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void puttingADesiredSpecBringsTheDefaults(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        Stored minimal = bench.churn();

        assertThat(bench.update(object -> desire(object, ""))).isEmpty();
        assertThat(bench.churn().spec()).isEqualTo(minimal.spec());
        assertThat(bench.churn().record()).isEqualTo(minimal.record());

        bench.update(object -> desire(object, "5 5 * * 1"));
        assertThat(bench.churn().schedule()).isEqualTo("5 5 * * 1");
        bench.update(object -> desire(object, ""));
        assertThat(bench.churn().spec()).isEqualTo(minimal.spec());
    }

    private static void desire(ObjectNode object, String schedule) {
        ObjectNode spec = object.putObject("spec").put("schedule", schedule);
        spec.putObject("jobTemplate")
                .putObject("spec")
                .putObject("template")
                .putObject("spec")
                .putNull("containers");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whatWasWrittenWithoutTheLabelIsTheAuthors(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        bench.kubectl("label", "cronjob", "churn", "penstock.dev/pipeline-");
        bench.patch(Patch.MERGE, "{\"spec\":{\"schedule\":\"5 5 * * 1\"}}");
        Stored before = bench.churn();

        assertThat(bench.kubectl("label", "cronjob", "churn", "penstock.dev/pipeline=default"))
                .isEmpty();

        assertThat(bench.churn().spec()).isEqualTo(before.spec());
        assertThat(bench.churn().source("spec.schedule")).isEmpty();
        assertThat(bench.churn().source("spec.concurrencyPolicy")).isPresent();
        bench.policy(Policies.TWO);
        bench.kubectl("annotate", "cronjob", "churn", "penstock.dev/refresh=1");
        assertThat(bench.churn().schedule()).isEqualTo("5 5 * * 1");
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Replace");
    }
}
