package dev.penstock.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A real etcd and kube-apiserver, without a cluster: no kubelet, so that pods never run. Several can run at once. When it is
 * closed, or the virtual machine ends, no process and no file is left.
 */
public final class ControlPlane implements AutoCloseable {
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

    /** The same with those that are installed already in front, so that nothing is fetched where one will do. */
    public static List<String> installedFirst() {
        return installedFirst(Binaries.home());
    }

    static List<String> installedFirst(Path home) {
        return wanted().stream()
                .sorted(Comparator.comparing(
                        minor -> Binaries.newest(home, minor).isEmpty()))
                .toList();
    }

    /**
     * Starts a control plane with programs that are installed, or can be installed or downloaded.
     *
     * @param minor such as {@code 1.37}: the newest version of it that there is
     * @param progress gets a line for each step that takes its time
     */
    public static Start start(String minor, Consumer<String> progress) {
        return start(minor, progress, folder -> Map.of());
    }

    /** The same with a record of {@link #requests}. */
    static Start startAudited(String minor, Consumer<String> progress) {
        return start(minor, progress, folder -> new Audit(folder).flags());
    }

    /** The same whose past is soon forgotten: a watch that begins where it ended some seconds ago is refused. */
    static Start startForgetful(String minor, Consumer<String> progress) {
        return start(minor, progress, folder -> Map.of("--etcd-compaction-interval", "2s", "--watch-cache", "false"));
    }

    private static Start start(String minor, Consumer<String> progress, Function<Path, Map<String, String>> flags) {
        BinarySource.Found found = BinarySource.find(minor, progress);
        if (found instanceof BinarySource.Here here) {
            progress.accept(
                    "Starting etcd and kube-apiserver " + here.binaries().version());
            return start(here.binaries(), flags);
        }
        return new Unavailable(((BinarySource.Nowhere) found).reason());
    }

    private static Start start(Binaries binaries, Function<Path, Map<String, String>> flags) {
        try {
            try {
                return new Started(startOnce(binaries, flags));
            } catch (IOException e) {
                // It picks free ports and takes them later: another process may have been faster.
                return new Started(startOnce(binaries, flags));
            }
        } catch (IOException e) {
            return new Unavailable("Kubernetes " + binaries.version() + " does not start: " + e.getMessage());
        }
    }

    private static ControlPlane startOnce(Binaries binaries, Function<Path, Map<String, String>> flags)
            throws IOException {
        Path folder = Scratch.path("control-plane");
        ApiServer server = new ApiServer(folder, binaries.version(), flags.apply(folder));
        // Before there is anything to undo: Ctrl-C may come at any time.
        Cleanup cleanup = Cleanup.of(() -> {
            server.stop();
            Scratch.delete(folder);
        });
        try {
            Path kubectlHome = Files.createDirectory(Scratch.make(folder).resolve("home"));
            binaries.layOut(folder, kubectlHome);
            new Audit(folder).prepare();
            server.start();
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
            return new ControlPlane(binaries, folder, kubeconfig, kubectlHome, cleanup);
        } catch (IOException e) {
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

    /** Helm, which leaves nothing outside this control plane's folder; empty where it is not installed: it is never downloaded. */
    public Optional<Helm> helm() {
        return Binaries.helm().map(program -> new Helm(program, kubeconfig, kubectlHome));
    }

    /**
     * The requests so far of all but administrators, each as an {@code audit.k8s.io/v1 Event}; none where the control plane keeps
     * no record.
     */
    public List<JsonNode> requests() {
        return new Audit(folder).events();
    }

    /** By plain HTTP, which is the caller's to close. */
    public RawApi api() {
        return new RawApi(client());
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
}
