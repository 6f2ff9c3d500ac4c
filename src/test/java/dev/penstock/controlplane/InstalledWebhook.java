package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The packaged webhook, registered with one control plane, and every review of it recorded. */
public final class InstalledWebhook implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private final Cleanup cleanup;
    private final ServerCertificate certificate;
    private final ReviewRecorder recorder;
    private final Registration registration;
    private WebhookProcess process;

    private InstalledWebhook(Kubectl kubectl, Path folder, Function<ServerCertificate, WebhookProcess> start) {
        this.folder = folder;
        this.cleanup = Cleanup.of(() -> Scratch.delete(folder));
        this.certificate = ServerCertificate.make(folder);
        this.process = start.apply(certificate);
        this.recorder = ReviewRecorder.start(certificate);
        recorder.forwardTo(process);
        this.registration = Registration.apply(kubectl, recorder.endpoint(), certificate);
    }

    /** Installs it with the built-in policy, and returns when the API server asks both endpoints. */
    public static InstalledWebhook on(ControlPlane controlPlane) {
        return new InstalledWebhook(controlPlane.kubectl(), Scratch.folder("installed"), WebhookProcess::start)
                .active();
    }

    /** The same with the policies of that control plane, whose custom resources it installs. */
    public static InstalledWebhook fromCluster(ControlPlane controlPlane) {
        installResources(controlPlane.kubectl());
        return new InstalledWebhook(
                        controlPlane.kubectl(),
                        Scratch.folder("installed"),
                        certificate -> WebhookProcess.startFromCluster(certificate, controlPlane.kubeconfig()))
                .active();
    }

    /** The same with a policy file of its own, which {@link #replacePolicy} replaces while the webhook runs. */
    public static InstalledWebhook on(ControlPlane controlPlane, String policy) {
        Path folder = Scratch.folder("installed");
        try {
            Optional<Path> file = Optional.of(Files.writeString(policyFile(folder), policy));
            return new InstalledWebhook(
                            controlPlane.kubectl(), folder, certificate -> WebhookProcess.start(certificate, file))
                    .active();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Installs the custom resources of {@code deploy/}. */
    public static void installResources(Kubectl kubectl) {
        kubectl.mustRun(List.of("apply", "--server-side", "-f", "deploy/crds"), "");
        kubectl.mustRun(List.of("wait", "--for=condition=Established", "--timeout=30s", "-f", "deploy/crds"), "");
        Await.until(
                "the custom resources to be served, a moment after they are established",
                LIMIT,
                () -> kubectl.run("get", "pipelinepolicies,pipelinedefaults", "--all-namespaces")
                        .succeeded(),
                () -> "");
    }

    private InstalledWebhook active() {
        Await.until(
                "the API server to ask both endpoints",
                LIMIT,
                () -> {
                    registration.awaitActive();
                    return isAskedAt("/mutate") && isAskedAt("/validate");
                },
                process::output);
        recorder.forget();
        return this;
    }

    private boolean isAskedAt(String path) {
        return recorder.recorded().stream().map(RecordedReview::path).anyMatch(path::equals);
    }

    public ReviewRecorder recorder() {
        return recorder;
    }

    /**
     * Puts another file in the place of the policy file, and returns when the webhook has read it.
     *
     * @return what the webhook printed of it
     */
    public String replacePolicy(String policy) {
        int before = process.output().length();
        try {
            Path next = Files.writeString(folder.resolve("next.yaml"), policy);
            Files.move(next, policyFile(folder), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until(
                "the webhook to read " + policyFile(folder),
                LIMIT,
                () -> process.output().substring(before).endsWith("\n"),
                process::output);
        return process.output().substring(before);
    }

    private static Path policyFile(Path folder) {
        return folder.resolve("policy.yaml");
    }

    /** Goes on with another policy; empty for the built-in one. */
    public void restart(Optional<Path> policy) {
        WebhookProcess old = process;
        process = WebhookProcess.start(certificate, policy);
        recorder.forwardTo(process);
        old.close();
    }

    /**
     * Returns when these documents of the cluster are in force.
     *
     * @param words as the webhook logs them
     */
    public void awaitInForce(String words) {
        Await.until(
                words + " to be in force",
                LIMIT,
                () -> process.output()
                        .lines()
                        .filter(line -> line.contains("in force: "))
                        .reduce("", (first, last) -> last)
                        .endsWith("in force: " + words),
                process::output);
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
        cleanup.close();
    }
}
