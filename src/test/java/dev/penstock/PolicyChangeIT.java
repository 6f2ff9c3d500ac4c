package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A policy that was made stricter while pipelines were there. */
@EachControlPlane
class PolicyChangeIT {
    private static final String MANIFEST = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: churn
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/image: registry.example.com/churn:1.4.2}
            spec: {}
            """;

    private static final String STRICTER = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: stricter}
            spec:
              containerName: ml-pipeline-container
              task: run-pipeline
              arguments: ["--task", "${task}"]
              defaults:
                spec:
                  schedule: 0 1 * * *
                  jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure}}}}
              rules:
                imageTag: {action: Deny, requireDigest: true}
            """;

    @Parameter
    ControlPlane controlPlane;

    private InstalledWebhook webhook;
    private Kubectl kubectl;

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        webhook = InstalledWebhook.on(controlPlane);
        kubectl = controlPlane.kubectl();
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        kubectl.mustRun(List.of("delete", "cronjobs", "--all", "--wait=false"), "");
        webhook.close();
    }

    @Test
    void anOldPipelineStaysEditable(@TempDir Path folder) throws IOException {
        kubectl.mustRun(List.of("apply", "-f", "-"), MANIFEST);
        assertThat(webhook.repeatReviews()).isEmpty();
        webhook.restart(Optional.of(Files.writeString(folder.resolve("policy.yaml"), STRICTER)));

        assertThat(kubectl.mustRun(List.of("annotate", "cronjob", "churn", "example.com/owner=ml"), "")
                        .warnings())
                .singleElement()
                .asString()
                .contains("image: Invalid value: \"registry.example.com/churn:1.4.2\"");
        kubectl.mustRun(List.of("apply", "-f", "-"), MANIFEST);
        kubectl.mustRun(List.of("apply", "-f", "-", "--server-side"), MANIFEST);
        assertThat(webhook.repeatReviews()).isEmpty();

        Kubectl.Result anotherImage = kubectl.run(
                List.of("set", "image", "cronjob/churn", "ml-pipeline-container=registry.example.com/churn:1.4.3"), "");
        assertThat(anotherImage.succeeded()).isFalse();
        assertThat(anotherImage.stderr()).contains("(rule imageTag)");

        Kubectl.Result newPipeline =
                kubectl.run(List.of("create", "-f", "-"), MANIFEST.replace("name: churn", "name: other"));
        assertThat(newPipeline.succeeded()).isFalse();
        assertThat(newPipeline.stderr()).contains("(rule imageTag)");
        assertThat(webhook.repeatReviews()).isEmpty();
    }
}
