package dev.penstock.controlplane;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A real etcd and kube-apiserver, without a cluster: no kubelet, so that pods never run. Several can run at once. When it is
 * closed, or the virtual machine ends, no process and no file is left.
 */
public final class ControlPlane implements AutoCloseable {
    private static final int STARTUP_MILLIS = 90_000;
    // Kept, or the level would be forgotten with the logger. Processes that end with Ctrl-C are no errors.
    private static final Logger LIBRARY = Logger.getLogger("io.fabric8.kubeapitest");

    private final Binaries binaries;
    private final Path folder;
    private final Path kubeconfig;
    private final Path kubectlHome;
    private final Cleanup cleanup;

    /** What became of a start. */
    public sealed interface Start permits Started, Unavailable {}

    /** It runs, and is the caller's to close. */
    public record Started(ControlPlane controlPlane) implements Start {}

    /** @param reason why there is none and what it would need, in one line without a full stop */
    public record Unavailable(String reason) implements Start {}

    private ControlPlane(Binaries binaries, Path folder, Path kubeconfig, Path kubectlHome, Cleanup cleanup) {
        this.binaries = binaries;
        this.folder = folder;
        this.kubeconfig = kubeconfig;
        this.kubectlHome = kubectlHome;
        this.cleanup = cleanup;
    }

    /** The minor versions that Penstock is proved on, the one to prefer first. */
    public static List<String> wanted() {
        return List.of("1.37", "1.34");
    }

    /**
     * Starts a control plane with programs that are installed, or can be installed or downloaded.
     *
     * @param minor such as {@code 1.37}: the newest version of it that there is
     * @param progress gets a line for each step that takes its time
     */
    public static Start start(String minor, Consumer<String> progress) {
        BinarySource.Found found = BinarySource.find(minor, progress);
        if (found instanceof BinarySource.Here here) {
            progress.accept(
                    "Starting etcd and kube-apiserver " + here.binaries().version());
            return start(here.binaries());
        }
        return new Unavailable(((BinarySource.Nowhere) found).reason());
    }

    private static Start start(Binaries binaries) {
        LIBRARY.setLevel(Level.OFF);
        try {
            try {
                return new Started(startOnce(binaries));
            } catch (KubeAPITestException e) {
                // It picks free ports and takes them later: another process may have been faster.
                return new Started(startOnce(binaries));
            }
        } catch (KubeAPITestException | IOException e) {
            return new Unavailable("Kubernetes " + binaries.version() + " does not start: " + e.getMessage());
        }
    }

    private static ControlPlane startOnce(Binaries binaries) throws IOException {
        Path folder = Scratch.path("control-plane");
        Server server = new Server(folder, binaries.version());
        // Before there is anything to undo: Ctrl-C may come at any time.
        Cleanup cleanup = Cleanup.of(() -> {
            server.stopQuietly();
            endProcessesOf(folder);
            Scratch.delete(folder);
        });
        try {
            Path kubectlHome = Files.createDirectory(Scratch.make(folder).resolve("home"));
            binaries.layOut(folder, kubectlHome);
            server.start();
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.getKubeConfigYaml());
            return new ControlPlane(binaries, folder, kubeconfig, kubectlHome, cleanup);
        } catch (KubeAPITestException | IOException e) {
            cleanup.close();
            throw e;
        }
    }

    /** The version of Kubernetes, such as {@code 1.37.2}. */
    public String version() {
        return binaries.version();
    }

    /** For any client: an administrator of this control plane. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** This version's kubectl, as it is installed. */
    public Path kubectlProgram() {
        return binaries.kubectl();
    }

    /** This version's kubectl, which leaves nothing outside this control plane's folder. */
    public Kubectl kubectl() {
        return new Kubectl(binaries.kubectl(), kubeconfig, kubectlHome);
    }

    /** A new client, which is the caller's to close. */
    public KubernetesClient client() {
        try {
            Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the controllers that make Jobs and Pods; empty where they are not installed: they are never downloaded. */
    public Optional<ControllerManager> controllerManager() {
        return binaries.controllerManager().map(program -> ControllerManager.start(program, kubeconfig, folder));
    }

    /** Whether {@link #controllerManager} starts one. */
    public boolean hasControllerManager() {
        return binaries.controllerManager().isPresent();
    }

    /** As test reports and progress name it. */
    @Override
    public String toString() {
        return "Kubernetes " + version();
    }

    @Override
    public void close() {
        cleanup.close();
    }

    /** What the library starts while the virtual machine is ending, it does not stop itself. */
    private static void endProcessesOf(Path folder) {
        ProcessHandle.current().children().filter(child -> isOf(child, folder)).forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isOf(ProcessHandle child, Path folder) {
        return Arrays.stream(child.info().arguments().orElse(new String[0]))
                .anyMatch(argument -> argument.contains(folder.toString()));
    }

    /** kube-api-test's server, stopped by its owner only. */
    private static final class Server extends KubeAPIServer {
        Server(Path folder, String version) {
            super(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withTestDir(folder.toString())
                    .withApiServerVersion(version)
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .withStartupTimeout(STARTUP_MILLIS)
                    .build());
        }

        /** The library would clean up here, in another thread and at the same time as its owner. */
        @Override
        public void processStopped(Process process) {}

        void stopQuietly() {
            try {
                stop();
            } catch (RuntimeException e) {
                // It did not come so far as to have something to stop.
            }
        }
    }
}
