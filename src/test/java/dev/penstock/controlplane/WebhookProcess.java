package dev.penstock.controlplane;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packaged program, running {@code serve}: the jar, or the native executable of {@code native.image.path} where
 * {@code -Dnative} or {@code -Dpenstock.native=true} asks for it. The working directory is the project's.
 */
public final class WebhookProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;
    private static final List<String> FROM_CLUSTER = List.of("--from-cluster");
    private static final File FULL = new File("/dev/full"); // Linux: every write fails for want of room
    private static final String KUBECONFIG = "KUBECONFIG";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FreePorts ports;
    private final Path folder;
    private final ChildProcess process;
    private final Cleanup cleanup;

    private WebhookProcess(FreePorts ports, Path folder, ChildProcess process) {
        this.ports = ports;
        this.folder = folder;
        this.process = process;
        this.cleanup = Cleanup.of(() -> {
            process.close();
            Scratch.delete(folder);
        });
    }

    /**
     * Starts it, and returns when it is ready.
     *
     * @param policy above the built-in one
     * @throws IllegalStateException if it does not become ready; the message holds what it printed
     */
    public static WebhookProcess start(ServerCertificate certificate, Optional<Path> policy) {
        return start(
                certificate,
                policy.map(file -> List.of("--policy", file.toString())).orElse(List.of()),
                Map.of());
    }

    /** The same with the policies of a cluster. */
    public static WebhookProcess startFromCluster(ServerCertificate certificate, Path kubeconfig) {
        return start(certificate, FROM_CLUSTER, Map.of(KUBECONFIG, kubeconfig.toString()));
    }

    /** The same at ports that the caller has chosen, and with these options besides; it does not look for others. */
    public static WebhookProcess startAt(FreePorts ports, ServerCertificate certificate, List<String> options) {
        WebhookProcess webhook = launch(ports, with(certificate, options), Map.of());
        webhook.awaitReady();
        return webhook;
    }

    /** The same whose log goes to a disk that is full: {@link #output} has nothing of it. */
    public static WebhookProcess startWithFullDisk(ServerCertificate certificate, Path policy) {
        return startWithOutput(Redirect.to(FULL), certificate, List.of("--policy", policy.toString()));
    }

    /** The same whose log goes into a pipe that nobody reads, with the built-in policy and these options. */
    public static WebhookProcess startUnread(ServerCertificate certificate, List<String> options) {
        return startWithOutput(Redirect.PIPE, certificate, options);
    }

    private static WebhookProcess startWithOutput(
            Redirect output, ServerCertificate certificate, List<String> options) {
        WebhookProcess webhook = launch(FreePorts.pick(), with(certificate, options), Map.of(), output);
        webhook.awaitReady();
        return webhook;
    }

    /** The same, without waiting for what the cluster has yet to get. */
    public static WebhookProcess launchFromCluster(ServerCertificate certificate, Path kubeconfig) {
        return launch(certificate, FROM_CLUSTER, Map.of(KUBECONFIG, kubeconfig.toString()));
    }

    /**
     * The same with certificates of its own.
     *
     * @param secret where they are kept, such as {@code default/penstock-tls}
     * @param options more of them, of certificates
     */
    public static WebhookProcess startWithOwnCertificates(String secret, Path kubeconfig, String... options) {
        return start(withSecret(secret, options), Map.of(KUBECONFIG, kubeconfig.toString()));
    }

    /** The same by another clock than this machine's. */
    public static WebhookProcess startWithOwnCertificates(
            String secret, Path kubeconfig, SteppedClock clock, String... options) {
        Map<String, String> environment = new HashMap<>(clock.environment());
        environment.put(KUBECONFIG, kubeconfig.toString());
        return start(withSecret(secret, options), environment);
    }

    private static List<String> withSecret(String secret, String... options) {
        List<String> all = new ArrayList<>(List.of("--tls-secret", secret, "--tls-name", "127.0.0.1"));
        all.addAll(List.of(options));
        return all;
    }

    private static WebhookProcess start(
            ServerCertificate certificate, List<String> options, Map<String, String> environment) {
        return start(with(certificate, options), environment);
    }

    private static WebhookProcess launch(
            ServerCertificate certificate, List<String> options, Map<String, String> environment) {
        return launch(with(certificate, options), environment);
    }

    private static List<String> with(ServerCertificate certificate, List<String> options) {
        List<String> all = new ArrayList<>(List.of(
                "--tls-cert",
                certificate.certificate().toString(),
                "--tls-key",
                certificate.key().toString()));
        all.addAll(options);
        return all;
    }

    private static WebhookProcess start(List<String> options, Map<String, String> environment) {
        for (int attempt = 1; ; attempt++) {
            WebhookProcess webhook = launch(options, environment);
            try {
                webhook.awaitReady();
                return webhook;
            } catch (IllegalStateException e) {
                boolean portTaken = webhook.output().contains("already in use");
                webhook.close();
                if (!portTaken || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The same with the built-in policy. */
    public static WebhookProcess start(ServerCertificate certificate) {
        return start(certificate, Optional.empty());
    }

    /** Where {@code /mutate} and the other paths are. */
    public URI endpoint() {
        return URI.create("https://127.0.0.1:" + ports.first());
    }

    /** Where {@code /q/health} is. */
    public URI management() {
        return URI.create("http://127.0.0.1:" + ports.second());
    }

    /** What it printed so far. */
    public String output() {
        try {
            return Files.exists(log(folder)) ? Files.readString(log(folder)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it takes of its machine now. */
    public Usage usage() {
        return Usage.of(process.pid());
    }

    /** The memory that it cannot do without, in bytes: what is alive on the virtual machine's heap, or all that it takes. */
    public long memory() {
        return isNative() ? usage().memory() : alive();
    }

    private long alive() {
        Path histogram = folder.resolve("histogram");
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try (ChildProcess program =
                ChildProcess.start(new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.class_histogram")
                        .redirectErrorStream(true)
                        .redirectOutput(histogram.toFile()))) {
            program.exitCode();
            // The last line: Total, instances, bytes.
            String text = Files.readString(histogram).strip();
            return Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as if its machine had lost power. */
    public void kill() {
        process.kill();
    }

    /** Tells it to end, and returns when it has; what it printed is still there. */
    public void end() {
        process.close();
    }

    /** The same, and deletes what it printed. */
    @Override
    public void close() {
        cleanup.close();
    }

    private static WebhookProcess launch(List<String> options, Map<String, String> environment) {
        return launch(FreePorts.pick(), options, environment);
    }

    private static WebhookProcess launch(FreePorts ports, List<String> options, Map<String, String> environment) {
        return launch(ports, options, environment, null);
    }

    /** @param output instead of the file that {@link #output} reads */
    private static WebhookProcess launch(
            FreePorts ports, List<String> options, Map<String, String> environment, @Nullable Redirect output) {
        Path folder = Scratch.folder("webhook");
        try {
            ProcessBuilder builder = builder(ports, folder, options, environment);
            if (output != null) {
                builder.redirectOutput(output);
            }
            return new WebhookProcess(ports, folder, ChildProcess.start(builder));
        } catch (IOException e) {
            Scratch.delete(folder);
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(
            FreePorts ports, Path folder, List<String> options, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(program(folder));
        command.addAll(List.of(
                "serve", "--port", String.valueOf(ports.first()), "--management-port", String.valueOf(ports.second())));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile());
        // What is set for the tests' own program must not reach this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("PENSTOCK_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** How the packaged program is called, the native one where that is what is tested. */
    public static List<String> program(Path folder) throws IOException {
        // What the native one takes of the Deployment's 256 MiB: in a container it looks itself.
        return program(folder, isNative() ? "90m" : "256m");
    }

    /** @param heap the most of it, such as {@code 24m} */
    public static List<String> program(Path folder, String heap) throws IOException {
        if (isNative()) {
            Path executable = Path.of(System.getProperty("native.image.path", "no native.image.path is set"));
            return List.of(existing(executable).toString(), "-Xmx" + heap);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Quick to start, which counts more here than its speed in an hour.
        return List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap,
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                existing(JAR).toString());
    }

    /** Whether it is the native executable that runs. */
    public static boolean isNative() {
        return System.getProperty("native") != null || Boolean.getBoolean("penstock.native");
    }

    private static Path existing(Path program) throws NoSuchFileException {
        if (!Files.exists(program)) {
            throw new NoSuchFileException(program.toAbsolutePath().toString(), null, "build the program first");
        }
        return program;
    }

    /** Waits until it is ready. */
    public void awaitReady() {
        awaitReadiness(200);
    }

    /** Waits until it takes reviews, and says this of its readiness. */
    public void awaitReadiness(int status) {
        Await.until(
                "the webhook's readiness to be " + status,
                STARTUP,
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the webhook ended by itself:\n" + output());
                    }
                    // The management port may be up a moment before the other one.
                    return readiness() == status && listens(ports.first());
                },
                this::output);
    }

    /** The status of {@code /q/health/ready}; 0 where nothing listens there yet. */
    public int readiness() {
        HttpRequest ready = HttpRequest.newBuilder(management().resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(ready, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the webhook", e);
        }
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private static Path log(Path folder) {
        return folder.resolve("output");
    }
}
