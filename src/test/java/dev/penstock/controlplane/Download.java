package dev.penstock.controlplane;

import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryDownloader;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * kube-api-test's download of a minor's newest version, with what it lacks: an end where the network does not answer, and
 * whole or not at all, so that a download that was cut off leaves nothing half-written.
 */
final class Download {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MEGABYTE = 1 << 20;
    private static final int SHOWN_EVERY = 10;

    private final String minor;
    private final Consumer<String> progress;
    private final long start = System.currentTimeMillis();
    private long received;
    private long lastShown;

    /** @param minor such as {@code 1.37} */
    Download(String minor, Consumer<String> progress) {
        this.minor = minor;
        this.progress = progress;
    }

    BinarySource.Found run() {
        Path home = Binaries.home();
        try {
            Files.createDirectories(home);
            Path part = Files.createTempDirectory(home, "download");
            Cleanup cleanup = Cleanup.of(() -> {
                Scratch.delete(part);
                archive().ifPresent(file -> file.toFile().delete());
                home.toFile().delete(); // where nothing is in it
            });
            try {
                return download(home, part);
            } finally {
                cleanup.close();
            }
        } catch (IOException e) {
            return missing(e.toString());
        }
    }

    private BinarySource.Found download(Path home, Path part) throws IOException {
        progress.accept("Downloading etcd, kube-apiserver and kubectl " + minor + " (once)");
        CompletableFuture<File> download = inBackground(part);
        long silentSince = System.nanoTime();
        while (true) {
            try {
                Path folder = download.get(1, TimeUnit.SECONDS).toPath();
                return new BinarySource.Here(moved(folder, home));
            } catch (TimeoutException e) {
                if (grew()) {
                    silentSince = System.nanoTime();
                } else if (System.nanoTime() - silentSince > PATIENCE.toNanos()) {
                    return missing("no answer for " + PATIENCE.toSeconds() + " s");
                }
            } catch (ExecutionException e) {
                return missing(reason(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return missing("interrupted");
            }
        }
    }

    private CompletableFuture<File> inBackground(Path part) {
        CompletableFuture<File> download = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        download.complete(new BinaryDownloader(part.toString(), new OSInfo())
                                .downloadLatestWildcard(minor + ".*"));
                    } catch (RuntimeException e) {
                        download.completeExceptionally(e);
                    }
                },
                "download " + minor);
        // It has no timeouts, and must not keep the program from ending.
        thread.setDaemon(true);
        thread.start();
        return download;
    }

    private boolean grew() throws IOException {
        Optional<Path> archive = archive();
        long size = archive.isPresent() ? Files.size(archive.get()) : 0;
        boolean grew = size > received;
        received = size;
        if (received - lastShown >= (long) SHOWN_EVERY * MEGABYTE) {
            lastShown = received;
            progress.accept("… " + received / MEGABYTE + " MB");
        }
        return grew;
    }

    /** The file that kube-api-test downloads to: BinaryRepo. */
    private Optional<Path> archive() {
        File[] files = new File(System.getProperty("java.io.tmpdir"))
                .listFiles((folder, name) -> name.startsWith("kubebuilder-tools-" + minor));
        return Optional.ofNullable(files).stream()
                .flatMap(Arrays::stream)
                .filter(file -> file.lastModified() >= start)
                .map(File::toPath)
                .findFirst();
    }

    private Binaries moved(Path folder, Path home) throws IOException {
        Path target = home.resolve(BinaryManager.BINARY_LIST_DIR).resolve(folder.getFileName());
        Files.createDirectories(home.resolve(BinaryManager.BINARY_LIST_DIR));
        if (!Files.exists(target)) {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return Binaries.newest(home, minor)
                .orElseThrow(() -> new IOException("the download lacks one of the programs: " + target));
    }

    /** The root of it: kube-api-test wraps what the network says. */
    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause != null) {
            return reason(cause);
        }
        return failure instanceof KubeAPITestException ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    private BinarySource.Nowhere missing(String why) {
        return new BinarySource.Nowhere("no etcd, kube-apiserver and kubectl " + minor + " in " + Binaries.home()
                + ", and they cannot be downloaded: " + why);
    }
}
