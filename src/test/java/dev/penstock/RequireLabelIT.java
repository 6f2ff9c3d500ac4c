package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Namespaces that ask every CronJob for the label. */
@EachControlPlane
class RequireLabelIT {
    private static final List<String> APPLY = List.of("apply", "-n", "strict", "-f", "-");
    private static final String REFUSED = "every CronJob of this namespace is a pipeline: name a profile, or default";

    private static final String UNLABELLED = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: backup}
            spec:
              schedule: 0 1 * * *
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: registry.example.com/backup:1.4.2, args: [run]}]
            """;
    private static final String LABELLED =
            UNLABELLED.replace("{name: backup}", "{name: backup, labels: {penstock.dev/pipeline: default}}");

    @Parameter
    ControlPlane controlPlane;

    private InstalledWebhook webhook;
    private Kubectl kubectl;

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        webhook = InstalledWebhook.on(controlPlane);
        kubectl = controlPlane.kubectl();
        kubectl.mustRun(
                List.of("apply", "-f", "-"),
                "{apiVersion: v1, kind: Namespace, metadata: {name: strict, labels: {penstock.dev/require-label: 'true'}}}");
    }

    @AfterEach
    void clear() {
        kubectl.mustRun(List.of("delete", "cronjobs", "--all", "-n", "strict"), "");
        kubectl.mustRun(List.of("delete", "cronjob", "backup", "-n", "default", "--ignore-not-found"), "");
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        kubectl.mustRun(List.of("label", "namespace", "strict", "penstock.dev/require-label-"), "");
        webhook.close();
    }

    @Test
    void aNewCronJobNeedsTheLabel() {
        Kubectl.Result refused = kubectl.run(APPLY, UNLABELLED);
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.stderr()).contains(REFUSED);
        kubectl.mustRun(APPLY, LABELLED);
    }

    @Test
    void thereTheLabelCannotBeTakenOff() {
        kubectl.mustRun(APPLY, LABELLED);
        Kubectl.Result refused = kubectl.run("label", "cronjob", "backup", "-n", "strict", "penstock.dev/pipeline-");
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.stderr()).contains(REFUSED);
    }

    @Test
    void oneThatWasThereBeforeCanBeEdited() {
        webhook.switchedOff(() -> kubectl.mustRun(APPLY, UNLABELLED));
        kubectl.mustRun(List.of("annotate", "cronjob", "backup", "-n", "strict", "example.com/owner=ml"), "");
    }

    @Test
    void elsewhereACronJobWithoutTheLabelIsNeverSeen() {
        webhook.recorder().forget();
        kubectl.mustRun(List.of("apply", "-n", "default", "-f", "-"), UNLABELLED);
        assertThat(webhook.recorder().recorded()).isEmpty();
    }
}
