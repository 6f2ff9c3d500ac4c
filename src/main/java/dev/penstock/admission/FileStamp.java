package dev.penstock.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What can be told of a file without reading it. Two are equal as long as nobody writes it, puts another in its place, or
 * turns a link on the way to it; and, where the file system tells, as long as nobody changes who may read it.
 *
 * @param path without links: a volume of a ConfigMap is replaced by turning one
 * @param attributes with the file system's key, which another file in the same place has not
 */
record FileStamp(Path path, Map<String, Object> attributes) {
    private static final String EVERYWHERE = "size,lastModifiedTime,fileKey";
    private static final String UNIX = "unix:" + EVERYWHERE + ",ctime"; // which a change of owner or mode sets

    /** Empty where there is no file that could be asked. */
    static Optional<FileStamp> of(Path file) {
        try {
            Path path = file.toRealPath();
            boolean isUnix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
            return Optional.of(new FileStamp(path, Files.readAttributes(path, isUnix ? UNIX : EVERYWHERE)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
