package dev.penstock.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import java.util.Random;

/** A file that holds all of a text, or what it held before. */
final class OutputFile {
    private OutputFile() {}

    /** Writes the text in UTF-8; says why where that fails. */
    static Optional<String> write(Path file, String text) {
        try {
            if (Files.isRegularFile(file)) {
                replace(file.toRealPath(), text);
            } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.writeString(file, text); // a pipe, a device or a link that leads nowhere stays what it is
            } else {
                replace(file, text);
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
        String number = Long.toHexString(new Random().nextLong());
        Path part = Files.createFile(target.resolveSibling(target.getFileName() + "." + number + ".part"));
        try {
            PosixFileAttributeView mode = Files.getFileAttributeView(part, PosixFileAttributeView.class);
            if (mode != null && Files.exists(target)) {
                mode.setPermissions(Files.getPosixFilePermissions(target));
            }
            Files.writeString(part, text);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
