package dev.penstock.controlplane;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** kube-api-test's etcd and kube-apiserver, with all their files in one folder, stopped by nobody but their owner. */
final class ApiServer {
    private static final int STARTUP_MILLIS = 90_000;
    // Where others would find this server; nobody looks. Without it kube-apiserver starts on machines with a network
    // only.
    private static final String ADDRESS_FOR_DOCUMENTATION = "192.0.2.1";
    // Kept, or the level would be forgotten with the logger. Processes that end with Ctrl-C are no errors.
    private static final Logger LIBRARY = Logger.getLogger("io.fabric8.kubeapitest");

    private final Path folder;
    private final Library library;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * @param folder which may not be there yet, and becomes kube-api-test's home: {@link Binaries#layOut}
     * @param flags of kube-apiserver, in addition to what it needs
     */
    ApiServer(Path folder, String version, Map<String, String> flags) {
        LIBRARY.setLevel(Level.OFF);
        this.folder = folder;
        this.library = new Library(folder, version, flags);
    }

    /**
     * Returns when it is ready.
     *
     * @throws IOException if it does not become ready, or ends by itself
     */
    void start() throws IOException {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread thread = new Thread(() -> start(ready), "start kube-apiserver");
        // It goes on asking a server that has ended.
        thread.setDaemon(true);
        thread.start();
        try {
            CompletableFuture.anyOf(ready, ended).join();
        } catch (CompletionException e) {
            throw new IOException(reason(e) + lastLine("etcd.log") + lastLine("kube-apiserver.log"), e);
        }
    }

    private void start(CompletableFuture<Void> ready) {
        try {
            library.start();
            ready.complete(null);
        } catch (RuntimeException e) {
            ready.completeExceptionally(e);
        }
    }

    private static String reason(CompletionException e) {
        Throwable cause = e.getCause();
        return cause == null ? e.toString() : String.valueOf(cause.getMessage());
    }

    private String lastLine(String log) throws IOException {
        Path file = folder.resolve(log);
        return Files.exists(file)
                ? "; " + log + ": "
                        + Files.readAllLines(file).stream()
                                .reduce((first, second) -> second)
                                .orElse("empty")
                : "";
    }

    /** For an administrator, as YAML. */
    String kubeconfig() {
        return library.getKubeConfigYaml();
    }

    /** Ends both processes, however far they came, and deletes etcd's data. */
    void stop() {
        try {
            library.stop();
        } catch (RuntimeException e) {
            // It did not come so far as to have something to stop.
        }
        // What the library starts while the virtual machine is ending, it does not stop itself.
        ProcessHandle.current().children().filter(this::isOurs).forEach(ProcessHandle::destroyForcibly);
    }

    private boolean isOurs(ProcessHandle child) {
        return Arrays.stream(child.info().arguments().orElse(new String[0]))
                .anyMatch(argument -> argument.contains(folder.toString()));
    }

    private final class Library extends KubeAPIServer {
        Library(Path folder, String version, Map<String, String> flags) {
            super(config(folder, version, flags));
        }

        private static KubeAPIServerConfig config(Path folder, String version, Map<String, String> flags) {
            KubeAPIServerConfigBuilder config = KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withTestDir(folder.toString())
                    .withApiServerVersion(version)
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .withStartupTimeout(STARTUP_MILLIS)
                    .withApiServerFlag("--advertise-address", ADDRESS_FOR_DOCUMENTATION);
            flags.forEach((flag, value) -> config.withApiServerFlag(flag + "=" + value));
            return config.build();
        }

        /** The library would clean up here, in another thread and at the same time as the owner. */
        @Override
        public void processStopped(Process process) {
            ended.completeExceptionally(new KubeAPITestException("a process ended by itself"));
        }
    }
}
