package dev.penstock.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program in one of the ways to run it.
 *
 * @param name {@code JVM} or {@code native}
 */
record Program(String name, List<String> command) {
    static final String JVM = "JVM";

    /** @param options of the virtual machine, such as {@code -Xmx64m} */
    static Program jvm(List<String> options, Path jar) {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return new Program(JVM, List.copyOf(command));
    }

    static Program executable(Path file) {
        return new Program("native", List.of(file.toAbsolutePath().toString()));
    }

    boolean isJvm() {
        return name.equals(JVM);
    }
}
