package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of a process, which can be set while the process runs: libfaketime's, preloaded. What only measures time goes on as
 * if nothing had happened, as it does when a machine's clock is set.
 */
public final class SteppedClock implements AutoCloseable {
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1"; // for programs with threads
    private static final List<Path> PLACES = List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"));

    private final Path library;
    private final Path folder;

    private SteppedClock(Path library, Path folder) {
        this.library = library;
        this.folder = folder;
    }

    /** A clock that is right. Where there is no libfaketime, the test is passed over, and fails in CI: it is never downloaded. */
    public static SteppedClock start() {
        Path library =
                library().orElseThrow(() -> ControlPlanes.unavailable("no libfaketime in /usr/lib (Debian: faketime)"));
        SteppedClock clock = new SteppedClock(library, Scratch.folder("clock"));
        clock.set(Duration.ZERO);
        return clock;
    }

    /** Debian has it below the folder of its architecture. */
    private static Optional<Path> library() {
        return PLACES.stream()
                .flatMap(place -> Stream.concat(Stream.of(place), folders(place)))
                .map(place -> place.resolve(LIBRARY))
                .filter(Files::isReadable)
                .findFirst();
    }

    private static Stream<Path> folders(Path place) {
        if (!Files.isDirectory(place)) {
            return Stream.empty();
        }
        try (Stream<Path> found = Files.list(place)) {
            return found.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets it, for whoever reads it next, to so much more than the time of this machine; or less. */
    public void set(Duration ahead) {
        try {
            Path next = Files.writeString(folder.resolve("next"), "%+d".formatted(ahead.toSeconds()));
            Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return folder.resolve("ahead");
    }

    /** What a process needs to go by it. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file().toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "NO_FAKE_STAT",
                "1", // files are of the time at which they were written
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Else the Java virtual machine, which waits by the monotonic clock, does not wait at all.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    @Override
    public void close() {
        Scratch.delete(folder);
    }
}
