package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.RawApi.Patch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of pipelines that are there already when the policy changes. */
@EachControlPlane
class IntentPolicyChangeIT extends Scenarios {
    /** Edits that have nothing to do with the policy. */
    enum Edit {
        LABEL("/metadata/labels/owner") {
            @Override
            List<String> write(Workbench bench) {
                return bench.kubectl("label", "cronjob", "churn", "owner=ml");
            }
        },
        ANNOTATE("/metadata/annotations/example.com~1note") {
            @Override
            List<String> write(Workbench bench) {
                return bench.kubectl("annotate", "cronjob", "churn", "example.com/note=seen");
            }
        },
        OWNER_REFERENCE("/metadata/ownerReferences") {
            @Override
            List<String> write(Workbench bench) {
                return bench.patch(Patch.MERGE, """
                        {"metadata":{"ownerReferences":[
                          {"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"6f3d6c2e-0000-4000-8000-000000000000"}]}}""");
            }
        },
        SET_IMAGE("/spec/jobTemplate/spec/template/spec/containers/0/image") {
            @Override
            List<String> write(Workbench bench) {
                return bench.kubectl("set", "image", "cronjob/churn", "main=registry.example.com/churn:1.4.3");
            }
        },
        SUSPEND("/spec/suspend") {
            @Override
            List<String> write(Workbench bench) {
                return bench.patch(Patch.JSON, "[{\"op\":\"add\",\"path\":\"/spec/suspend\",\"value\":true}]");
            }
        },
        READ_MODIFY_WRITE("/spec/failedJobsHistoryLimit") {
            @Override
            List<String> write(Workbench bench) {
                return bench.update(object -> ((ObjectNode) object.path("spec")).put("failedJobsHistoryLimit", 4));
            }
        };

        private final String pointer;

        Edit(String pointer) {
            this.pointer = pointer;
        }

        abstract List<String> write(Workbench bench);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void anEditChangesWhatItAsksForAndNothingElse(Apply how) {
        bench.apply(how, Manifest.OWN_CONTAINER);
        bench.policy(Policies.TWO);

        for (Edit edit : Edit.values()) {
            Stored before = bench.churn();
            assertThat(edit.write(bench)).as(edit.name()).isEmpty();
            Stored after = bench.churn();
            assertThat(after.object().at(edit.pointer))
                    .as(edit.name())
                    .isNotEqualTo(before.object().at(edit.pointer));
            assertThat(after.without(edit.pointer)).as(edit.name()).isEqualTo(before.without(edit.pointer));
        }
        assertThat(bench.churn().schedule()).isEqualTo("0 1 * * *");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"SERVER_SIDE", "HTTP"})
    void serverSideApplyOfTheSameManifestFollows(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        bench.policy(Policies.TWO);

        List<String> warnings = bench.apply(how, Manifest.MINIMAL);

        assertThatItFollowedPolicyTwo(warnings);
        Stored followed = bench.churn();
        assertThat(bench.apply(how, Manifest.MINIMAL)).isEmpty();
        assertThat(bench.churn()).isEqualTo(followed);
    }

    /** kubectl sends nothing where the manifest is what it was. */
    @Test
    void clientSideApplyFollowsOnceTheManifestIsAnother() {
        bench.apply(Apply.CLIENT_SIDE, Manifest.MINIMAL);
        bench.policy(Policies.TWO);
        bench.apply(Apply.CLIENT_SIDE, Manifest.MINIMAL);
        assertThat(bench.churn().schedule()).isEqualTo("0 1 * * *");

        assertThatItFollowedPolicyTwo(bench.apply(Apply.CLIENT_SIDE, Manifest.MINIMAL.label("team", "ml")));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theAnnotationRefreshFollowsWithoutAManifest(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        bench.policy(Policies.TWO);

        assertThatItFollowedPolicyTwo(bench.kubectl("annotate", "cronjob", "churn", "penstock.dev/refresh=1"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void replacingByTheManifestFollows(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        bench.policy(Policies.TWO);

        assertThatItFollowedPolicyTwo(
                bench.kubectl(List.of("replace", "-f", "-"), Manifest.MINIMAL).warnings());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void thePipelineThatGetsItsLabelBackFollows(Apply how) {
        String image = "registry.example.com/churn:9";
        Manifest manifest = Manifest.MINIMAL.annotate(Manifest.IMAGE_ANNOTATION, image);
        bench.apply(how, Manifest.MINIMAL);
        bench.apply(how, Manifest.MINIMAL.unlabelled());
        bench.policy(Policies.TWO);
        bench.apply(how, manifest.unlabelled());

        List<String> warnings = bench.apply(how, manifest);

        assertThat(warnings).anyMatch(warning -> warning.contains(".image follows annotation penstock.dev/image"));
        assertThatItFollowedPolicyTwo(
                warnings.stream().filter(warning -> !warning.contains(".image")).toList());
        assertThat(bench.churn()
                        .container("ml-pipeline-container")
                        .path("image")
                        .asText())
                .isEqualTo(image);
    }

    private void assertThatItFollowedPolicyTwo(List<String> warnings) {
        Stored churn = bench.churn();
        assertThat(churn.schedule()).isEqualTo("0 2 * * *");
        assertThat(churn.concurrencyPolicy()).isEqualTo("Replace");
        assertThat(churn.backoffLimit().asInt()).isEqualTo(3);
        assertThat(churn.env("ml-pipeline-container", "LOG_LEVEL").path("value").asText())
                .isEqualTo("debug");
        assertThat(churn.source("spec.schedule").orElse("")).contains("two");
        assertThat(warnings)
                .hasSize(4)
                .allMatch(warning -> warning.contains("follows policy two"))
                .anyMatch(warning -> warning.contains("spec.schedule") && warning.contains("0 1 * * * → 0 2 * * *"))
                .anyMatch(warning -> warning.contains("spec.concurrencyPolicy") && warning.contains("Forbid → Replace"))
                .anyMatch(warning -> warning.contains("backoffLimit") && warning.contains("2 → 3"))
                .anyMatch(warning -> warning.contains("LOG_LEVEL"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whatThePolicyDroppedGoesAtTheNextApply(Apply how) {
        bench.apply(how, Manifest.OWN_CONTAINER);
        bench.policy(Policies.LESS);

        bench.kubectl("annotate", "cronjob", "churn", "example.com/note=seen");
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Forbid");
        List<String> warnings = bench.apply(how, Manifest.OWN_CONTAINER.label("team", "ml"));

        Stored churn = bench.churn();
        assertThat(churn.concurrencyPolicy()).isEqualTo("Allow");
        assertThat(churn.spec().path("successfulJobsHistoryLimit").asInt()).isEqualTo(3);
        assertThat(churn.backoffLimit().isMissingNode()).isTrue();
        assertThat(churn.env("main", "LOG_LEVEL").isMissingNode()).isTrue();
        assertThat(churn.volume("scratch").isMissingNode()).isTrue();
        assertThat(churn.schedule()).isEqualTo("0 1 * * *");
        assertThat(churn.defaulted().keySet())
                .noneMatch(path -> path.matches(".*(concurrencyPolicy|HistoryLimit|backoffLimit|LOG_LEVEL|scratch).*"));
        for (String gone :
                List.of("concurrencyPolicy", "successfulJobsHistoryLimit", "backoffLimit", "LOG_LEVEL", "scratch")) {
            assertThat(warnings).filteredOn(warning -> warning.contains(gone)).hasSize(1);
        }
    }

    /** The API server shows it as serviceAccount too, and restores the one from the other. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aServiceAccountFollowsAndGoes(Apply how) {
        String runner = Policies.ONE.replace("volumes: [{name: scratch, emptyDir: {}}]", "serviceAccountName: runner");
        bench.policy(runner);
        bench.apply(how, Manifest.OWN_CONTAINER);
        bench.policy(runner.replace("Name: runner", "Name: other"));
        bench.apply(how, Manifest.OWN_CONTAINER.label("team", "ml"));
        assertThat(bench.churn().pod().path("serviceAccountName").asText()).isEqualTo("other");
        assertThat(bench.churn().pod().path("serviceAccount").asText()).isEqualTo("other");

        bench.policy(Policies.ONE);
        bench.apply(how, Manifest.OWN_CONTAINER.label("team", "science"));
        assertThat(bench.churn().pod().has("serviceAccountName")).isFalse();
        assertThat(bench.churn().pod().has("serviceAccount")).isFalse();

        bench.policy(runner);
        bench.apply(how, Manifest.OWN_CONTAINER.label("team", "ml"));
        assertThat(bench.churn().pod().path("serviceAccountName").asText()).isEqualTo("runner");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whatTheApiServerFillsIntoVolumesIsNoNews(Apply how) {
        bench.policy(Policies.ONE.replace(
                "volumes: [{name: scratch, emptyDir: {}}]", """
                volumes:
                  - {name: claim, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1024Mi}}}}}}
                  - {name: iscsi, iscsi: {targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:storage", lun: 0}}
                  - {name: azure, azureDisk: {diskName: a, diskURI: "https://a.blob.core.windows.net/b/c"}}
                  - {name: rbd, rbd: {monitors: ["10.0.0.1:6789"], image: a}}
                  - {name: scratch}
                """.indent(14).strip()));
        bench.apply(how, Manifest.OWN_CONTAINER);
        Stored first = bench.churn();
        assertThat(first.defaulted().keySet())
                .filteredOn(path -> path.contains("volumes["))
                .hasSize(5);

        List<String> again = bench.kubectl(List.of("replace", "-f", "-"), Manifest.OWN_CONTAINER)
                .warnings();
        assertThat(again).noneMatch(warning -> warning.contains("follows"));
        assertThat(bench.apply(how, Manifest.OWN_CONTAINER)).noneMatch(warning -> warning.contains("follows"));
        assertThat(bench.churn().spec()).isEqualTo(first.spec());
        assertThat(bench.churn().record()).isEqualTo(first.record());
    }

    @Test
    void aBadPolicyFileLeavesTheLastGoodOneInForce() {
        assertThat(bench.replacePolicyFile("spec: [")).contains("cannot be used", "policy one stays in force");

        bench.apply(Apply.HTTP, Manifest.MINIMAL);

        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Forbid");
        assertThat(bench.replacePolicyFile(Policies.ONE)).contains("policy one is in force");
    }
}
