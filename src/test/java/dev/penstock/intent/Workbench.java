package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.InstalledWebhook;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.controlplane.RawApi;
import dev.penstock.controlplane.RawApi.Patch;
import dev.penstock.controlplane.RecordedReview;
import java.util.List;
import java.util.function.Consumer;

/** One control plane with the webhook in front of it, and what authors and others do there to the pipeline {@code churn}. */
final class Workbench implements AutoCloseable {
    static final String CRON_JOBS = "/apis/batch/v1/namespaces/default/cronjobs";
    static final String CHURN = CRON_JOBS + "/churn";

    private final InstalledWebhook webhook;
    private final Kubectl kubectl;
    private final RawApi api;
    private String policy = Policies.ONE;

    private Workbench(ControlPlane controlPlane) {
        this.webhook = InstalledWebhook.on(controlPlane, policy);
        this.kubectl = controlPlane.kubectl();
        this.api = controlPlane.api();
    }

    /** Installs the webhook with the policy {@link Policies#ONE}. */
    static Workbench on(ControlPlane controlPlane) {
        return new Workbench(controlPlane);
    }

    /** Puts another policy in force. What was reviewed until now is repeated under the policy that it was reviewed by. */
    void policy(String next) {
        if (!next.equals(policy)) {
            assertEveryReviewIsRepeatable();
            assertThat(webhook.replacePolicy(next)).contains("is in force");
            policy = next;
        }
    }

    /** Replaces the policy file, and returns what is logged of it. */
    String replacePolicyFile(String text) {
        return webhook.replacePolicy(text);
    }

    Kubectl kubectl() {
        return kubectl;
    }

    RawApi api() {
        return api;
    }

    /** Applies a manifest, which must succeed, and returns the warnings. */
    List<String> apply(Apply how, Manifest manifest) {
        return how == Apply.HTTP
                ? applyAs(Apply.HTTP_MANAGER, manifest.toString())
                : kubectl(how.kubectl("apply"), manifest).warnings();
    }

    /** Server-side apply by plain HTTP, of which the manifest may be a part only. */
    List<String> applyAs(String fieldManager, String manifest) {
        return succeeded(api.patch(CHURN + "?fieldManager=" + fieldManager, Patch.APPLY, manifest));
    }

    /** Creates without any evidence of what is in the manifest, and returns the warnings. */
    List<String> create(Manifest manifest) {
        return kubectl(List.of("create", "-f", "-"), manifest).warnings();
    }

    /** Runs kubectl, which must succeed, with the manifest as its input. */
    Kubectl.Result kubectl(List<String> command, Manifest manifest) {
        return kubectl.mustRun(command, manifest.toString());
    }

    /** Runs kubectl, which must succeed, and returns the warnings. */
    List<String> kubectl(String... command) {
        return kubectl.mustRun(List.of(command), "").warnings();
    }

    List<String> patch(Patch kind, String patch) {
        return succeeded(api.patch(CHURN + "?fieldManager=patcher", kind, patch));
    }

    /** Reads the object, changes it, and writes it back. */
    List<String> update(Consumer<ObjectNode> change) {
        ObjectNode object = stored("churn").object().deepCopy();
        change.accept(object);
        return put(object.toString());
    }

    List<String> put(String object) {
        return succeeded(api.put(CHURN, object));
    }

    /** The pipeline as it stands. */
    Stored churn() {
        return stored("churn");
    }

    Stored stored(String name) {
        RawApi.Answer answer = api.get(CRON_JOBS + "/" + name);
        succeeded(answer);
        return new Stored(answer.body());
    }

    static List<String> succeeded(RawApi.Answer answer) {
        assertThat(answer.succeeded()).as(answer.body().toString()).isTrue();
        return answer.warnings();
    }

    /** What Penstock was asked and answered since the last policy or the last test. */
    List<RecordedReview> reviews() {
        return webhook.recorder().recorded();
    }

    void assertNoDifference(Apply how, Manifest manifest) {
        Kubectl.Result diff = kubectl.run(how.kubectl("diff"), manifest.toString());
        assertThat(diff.exit()).as(diff.stdout() + diff.stderr()).isZero();
    }

    /** Deletes what a test made, and holds that Penstock would say the same again of all that it was asked. */
    void clear() {
        api.delete(CRON_JOBS);
        assertEveryReviewIsRepeatable();
    }

    private void assertEveryReviewIsRepeatable() {
        assertThat(webhook.repeatReviews()).isEmpty();
    }

    @Override
    public void close() {
        api.close();
        webhook.close();
    }
}
