package dev.penstock.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * The program in one of the ways to run it.
 *
 * @param name {@code JVM} or {@code native}
 */
record Program(String name, List<String> command) {
    static final String JVM = "JVM";

    /** @param cache a file for what is made beforehand, where that is done */
    static Program jvm(Java java, Path jar, Path cache) {
        return new Program(JVM, java.command(jar, cache));
    }

    static Program executable(Path file) {
        return new Program("native", List.of(file.toAbsolutePath().toString()));
    }

    boolean isJvm() {
        return name.equals(JVM);
    }
}
