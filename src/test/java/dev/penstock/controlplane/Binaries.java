package dev.penstock.controlplane;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of one Kubernetes version, laid out as kube-api-test does it.
 *
 * @param version such as {@code 1.37.2}
 * @param folder that holds them
 */
record Binaries(String version, Path folder) {
    private static final List<String> NEEDED = List.of("etcd", "kube-apiserver", "kubectl");
    private static final String PLATFORM = Utils.platformSuffix(new OSInfo());

    /** Where kube-api-test keeps the programs: {@code $KUBE_API_TEST_DIR}, else {@code ~/.kubeapitest}. */
    static Path home() {
        String configured = System.getenv(KubeAPIServerConfigBuilder.KUBE_API_TEST_DIR);
        return configured == null
                ? Path.of(System.getProperty("user.home"), KubeAPIServerConfigBuilder.DIRECTORY_NAME)
                : Path.of(configured);
    }

    /** The newest complete version of a minor, such as {@code 1.37}, below a home; empty where there is none. */
    static Optional<Binaries> newest(Path home, String minor) {
        Path versions = home.resolve(BinaryManager.BINARY_LIST_DIR);
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.filter(folder -> isOf(folder, minor))
                    .map(folder -> new Binaries(version(folder), folder))
                    .filter(Binaries::isComplete)
                    .max(Comparator.comparingInt(Binaries::patch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOf(Path folder, String minor) {
        String name = folder.getFileName().toString();
        return name.endsWith(PLATFORM) && version(folder).matches("\\Q" + minor + "\\E\\.\\d{1,9}");
    }

    private static String version(Path folder) {
        String name = folder.getFileName().toString();
        return name.substring(0, name.length() - PLATFORM.length());
    }

    private int patch() {
        return Integer.parseInt(version.substring(version.lastIndexOf('.') + 1));
    }

    private boolean isComplete() {
        return NEEDED.stream().map(folder::resolve).allMatch(Files::isExecutable);
    }

    Path kubectl() {
        return folder.resolve("kubectl");
    }

    /** kube-api-test's downloads have none. */
    Optional<Path> controllerManager() {
        return Optional.of(folder.resolve("kube-controller-manager")).filter(Files::isExecutable);
    }

    /** Beside the versions of Kubernetes, where {@code ../shared/kube/install} puts it; kube-api-test never downloads it. */
    static Optional<Path> helm() {
        return Optional.of(home().resolve("bin").resolve("helm")).filter(Files::isExecutable);
    }

    /**
     * Makes a home of its own for one run, with certificates to come and these programs, so that nothing is written to
     * the user's.
     *
     * @param kubectlHome becomes kubectl's home folder, where it keeps its cache
     */
    void layOut(Path home, Path kubectlHome) throws IOException {
        Path own = Files.createDirectories(
                home.resolve(BinaryManager.BINARY_LIST_DIR).resolve(version + PLATFORM));
        script(
                own.resolve("kube-apiserver"),
                "exec " + quoted(folder.resolve("kube-apiserver")) + " \"$@\" 2>"
                        + quoted(home.resolve("kube-apiserver.log")));
        // What it holds is gone after the run: it need not survive a power cut.
        script(
                own.resolve("etcd"),
                "exec " + quoted(folder.resolve("etcd")) + " --unsafe-no-fsync --log-outputs="
                        + quoted(home.resolve("etcd.log")) + " \"$@\"");
        // kube-api-test asks with it whether the API server is ready.
        script(own.resolve("kubectl"), "HOME=" + quoted(kubectlHome) + " exec " + quoted(kubectl()) + " \"$@\"");
    }

    private static void script(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
