package dev.penstock.controlplane;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The packaged webhook, registered with one control plane, and every review of it recorded. */
public final class InstalledWebhook implements AutoCloseable {
    private final Cleanup folder;
    private final ServerCertificate certificate;
    private final ReviewRecorder recorder;
    private final Registration registration;
    private WebhookProcess process;

    private InstalledWebhook(Kubectl kubectl, Path folder) {
        this.folder = Cleanup.of(() -> Scratch.delete(folder));
        this.certificate = ServerCertificate.make(folder);
        this.process = WebhookProcess.start(certificate);
        this.recorder = ReviewRecorder.start(certificate);
        recorder.forwardTo(process);
        this.registration = Registration.apply(kubectl, recorder.endpoint(), certificate);
    }

    /** Installs it with the built-in policy, and returns when the API server asks both endpoints. */
    public static InstalledWebhook on(ControlPlane controlPlane) {
        InstalledWebhook webhook = new InstalledWebhook(controlPlane.kubectl(), Scratch.folder("installed"));
        Await.until(
                "the API server to ask both endpoints",
                Duration.ofSeconds(30),
                () -> {
                    webhook.registration.awaitActive();
                    return webhook.isAskedAt("/mutate") && webhook.isAskedAt("/validate");
                },
                webhook.process::output);
        webhook.recorder.forget();
        return webhook;
    }

    private boolean isAskedAt(String path) {
        return recorder.recorded().stream().map(RecordedReview::path).anyMatch(path::equals);
    }

    public ReviewRecorder recorder() {
        return recorder;
    }

    /** Goes on with another policy; empty for the built-in one. */
    public void restart(Optional<Path> policy) {
        WebhookProcess old = process;
        process = WebhookProcess.start(certificate, policy);
        recorder.forwardTo(process);
        old.close();
    }

    /** Runs something as if no webhook were there. */
    public void switchedOff(Runnable action) {
        recorder.letPass();
        try {
            action.run();
        } finally {
            recorder.forwardTo(process);
        }
    }

    /**
     * Repeats every allowed review that was recorded since the last time: as a reinvocation, and as an update that changes
     * nothing. A webhook that is idempotent allows both and changes nothing.
     *
     * @return where it did not, and how
     */
    public List<String> repeatReviews() {
        List<String> disagreements = new ArrayList<>();
        for (RecordedReview review : recorder.recorded()) {
            if (review.isAllowed()) {
                // What /mutate allows, /validate may still refuse; but not once it is stored.
                for (String path : new TreeSet<>(List.of("/mutate", review.path()))) {
                    add(disagreements, "reinvoked", review, recorder.send(path, review.asReinvocation()));
                }
                for (String path : List.of("/mutate", "/validate")) {
                    add(disagreements, "updated", review, recorder.send(path, review.asUpdateWithoutChange()));
                }
            }
        }
        recorder.forget();
        return disagreements;
    }

    private static void add(List<String> disagreements, String how, RecordedReview first, RecordedReview repeated) {
        if (!repeated.isAllowed() || repeated.patch().isPresent()) {
            disagreements.add(how + " at " + repeated.path() + " after " + first.path() + ": " + repeated.response()
                    + "\npatch " + repeated.patch() + "\nobject " + repeated.object());
        }
    }

    @Override
    public void close() {
        registration.close();
        recorder.close();
        process.close();
        folder.close();
    }
}
