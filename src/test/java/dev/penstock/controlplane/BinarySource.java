package dev.penstock.controlplane;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the programs of a control plane come from: the first of three places that has them. */
final class BinarySource {
    // Beside the project, where it is checked out together with its binaries.
    private static final Path INSTALL = Path.of("..", "shared", "kube", "install");

    /** What became of the search. */
    sealed interface Found permits Here, Nowhere {}

    record Here(Binaries binaries) implements Found {}

    /** @param reason why not, without a full stop */
    record Nowhere(String reason) implements Found {}

    private BinarySource() {}

    /** @param minor such as {@code 1.37} */
    static Found find(String minor, Consumer<String> progress) {
        return installed(minor)
                .or(() -> install(progress) ? installed(minor) : Optional.empty())
                .<Found>map(Here::new)
                .orElseGet(() -> new Download(minor, progress).run());
    }

    private static Optional<Binaries> installed(String minor) {
        return Binaries.newest(Binaries.home(), minor);
    }

    private static synchronized boolean install(Consumer<String> progress) {
        if (!Files.isExecutable(INSTALL)) {
            return false;
        }
        progress.accept("Installing etcd, kube-apiserver and kubectl (" + INSTALL + ")");
        ProcessBuilder install = new ProcessBuilder(INSTALL.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD);
        try (ChildProcess process = ChildProcess.start(install)) {
            return process.exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
