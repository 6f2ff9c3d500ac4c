package dev.penstock.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a file without reading it. Two are equal as long as nobody writes it, puts another in its place, or
 * turns a link on the way to it.
 *
 * @param path without links: a volume of a ConfigMap is replaced by turning one
 * @param key of the file system, which another file in the same place has not; null where there is none
 */
record FileStamp(
        Path path, long size, FileTime modified, @Nullable Object key) {
    /** Empty where there is no file that could be asked. */
    static Optional<FileStamp> of(Path file) {
        try {
            Path path = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(
                    new FileStamp(path, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
