package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for the time being. */
final class Scratch {
    // A process that was killed a moment ago may still have been writing.
    private static final int ATTEMPTS = 20;

    private Scratch() {}

    /** A new empty folder, readable by its owner alone. */
    static Path folder(String purpose) {
        try {
            return Files.createTempDirectory("penstock-" + purpose + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
