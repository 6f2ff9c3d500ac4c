package dev.penstock.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A file that holds all of a text, or what it held before. */
final class OutputFile {
    private OutputFile() {}

    /** Writes the text in UTF-8; says why where that fails. */
    static Optional<String> write(Path file, String text) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.writeString(file, text); // a pipe or a device stays what it is
            } else {
                replace(Files.exists(file) ? file.toRealPath() : file, text);
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of("there is no such folder");
        } catch (AccessDeniedException e) {
            return Optional.of("permission is denied");
        } catch (FileSystemException e) {
            return Optional.of(String.valueOf(e.getReason()));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static void replace(Path target, String text) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
