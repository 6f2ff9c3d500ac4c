package dev.penstock.cli;

import dev.penstock.yaml.UnreadableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of manifests of a folder and of those below it, by their names, and what of it cannot be read. */
final class ManifestFolder {
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final List<Path> files = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();

    /** @param folder of a link, what it leads to; links below are not gone through */
    static ManifestFolder of(Path folder) {
        ManifestFolder found = new ManifestFolder();
        try {
            Files.walkFileTree(folder.resolve("."), found.new Visitor());
        } catch (IOException e) {
            throw new UncheckedIOException("the visitor throws none", e);
        }
        Collections.sort(found.files);
        return found;
    }

    List<Path> files() {
        return files;
    }

    /** What is called as a file of manifests and is none, and folders that cannot be looked into. */
    List<Unread> unread() {
        return unread;
    }

    final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
            Path file = visited.normalize();
            if (ENDINGS.stream().noneMatch(file.getFileName().toString()::endsWith)) {
                return FileVisitResult.CONTINUE;
            }
            // To open a pipe would wait for who writes into it; of a link, it is what it leads to that counts.
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                unread.add(Unread.whole(file.toString(), "is no file"));
            } else {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path visited, IOException failure) {
            unread.add(Unread.of(visited.normalize().toString(), new UnreadableException(failure)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
            return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failure);
        }
    }
}
