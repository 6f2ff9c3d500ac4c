package dev.penstock.controlplane;

import java.nio.file.Path;
import java.time.Duration;

/** The packaged webhook behind a recorder, both with a certificate made for them. No API server knows it until it is registered. */
public final class RecordedWebhook implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ServerCertificate certificate;
    private final WebhookProcess process;
    private final ReviewRecorder recorder;
    private final Cleanup cleanup;

    private RecordedWebhook(ServerCertificate certificate, Cleanup cleanup) {
        this.certificate = certificate;
        this.cleanup = cleanup;
        this.process = WebhookProcess.start(certificate);
        this.recorder = ReviewRecorder.start(certificate);
        recorder.forwardTo(process);
    }

    /** Starts it with the built-in policy, and returns when it is ready. */
    public static RecordedWebhook start() {
        Path folder = Scratch.folder("certificate");
        Cleanup cleanup = Cleanup.of(() -> Scratch.delete(folder));
        try {
            return new RecordedWebhook(ServerCertificate.make(folder), cleanup);
        } catch (RuntimeException e) {
            cleanup.close();
            throw e;
        }
    }

    public ReviewRecorder recorder() {
        return recorder;
    }

    /** Makes an API server ask both endpoints, and returns when it does. Nothing is recorded yet then. */
    public void register(Kubectl kubectl) {
        Registration registration = Registration.apply(kubectl, recorder.endpoint(), certificate);
        Await.until(
                "the API server to ask both endpoints",
                LIMIT,
                () -> {
                    registration.awaitActive();
                    return isAskedAt("/mutate") && isAskedAt("/validate");
                },
                process::output);
        recorder.forget();
    }

    private boolean isAskedAt(String path) {
        return recorder.recorded().stream().map(RecordedReview::path).anyMatch(path::equals);
    }

    @Override
    public void close() {
        recorder.close();
        process.close();
        cleanup.close();
    }
}
