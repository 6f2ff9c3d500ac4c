package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process takes of its machine, as Linux counts it.
 *
 * @param memory in bytes, without what is in a file and so could be dropped
 * @param threads that it has
 * @param files that it holds open, with its connections
 */
public record Usage(long memory, int threads, int files) {
    static Usage of(long pid) {
        Path process = Path.of("/proc", String.valueOf(pid));
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            String status = Files.readString(process.resolve("status"));
            return new Usage(
                    value(status, "RssAnon") << 10,
                    Math.toIntExact(value(status, "Threads")),
                    Math.toIntExact(files.count()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long value(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
