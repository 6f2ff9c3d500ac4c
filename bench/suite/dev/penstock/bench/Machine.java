package dev.penstock.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a run was made on, as its figures mean nothing without it.
 *
 * @param java the version of what runs the program
 * @param options of it
 */
record Machine(String processor, int cores, String memory, String kernel, String java, String options, boolean quick) {
    static Machine here(Java java, boolean quick) {
        return new Machine(
                after("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(after("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / (1 << 20) + " GiB",
                System.getProperty("os.version"),
                java.version(),
                String.join(" ", java.options()),
                quick);
    }

    private static String after(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("?");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return cores + " cores of " + processor + ", " + memory + ", Linux " + kernel + ", Java " + java
                + (options.isBlank() ? "" : " " + options) + (quick ? "; short rounds: only to see that all works" : "");
    }
}
