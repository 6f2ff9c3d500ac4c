package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Folders for the time being. */
final class Scratch {
    // A process that was killed a moment ago may still have been writing.
    private static final int ATTEMPTS = 20;

    private Scratch() {}

    /** A new empty folder. */
    static Path folder(String purpose) {
        try {
            return make(path(purpose));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a folder may be made: nothing is there yet. */
    static Path path(String purpose) {
        return Path.of(System.getProperty("java.io.tmpdir"), "penstock-" + purpose + "-" + UUID.randomUUID());
    }

    /** Makes a folder that its owner alone may look into. */
    static Path make(Path folder) throws IOException {
        return Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Deletes the folder and all that is in it; links are not followed. */
    static void delete(Path folder) {
        for (int attempt = 0; Files.exists(folder) && attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) {
                Await.pause();
            }
            for (Path path : deepestFirst(folder)) {
                path.toFile().delete();
            }
        }
    }

    private static List<Path> deepestFirst(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // something vanished meanwhile: look again
        }
    }
}
