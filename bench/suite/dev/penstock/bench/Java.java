package dev.penstock.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The virtual machine that runs the program.
 *
 * @param file {@code bin/java}
 * @param version of its runtime, such as {@code 25.0.1+8-LTS}
 * @param options such as {@code -Xmx64m}
 */
record Java(Path file, String version, List<String> options) {
    // The first whose caches hold what Dockerfile.jvm counts on.
    private static final int FIRST_WITH_CACHE = 25;
    // The first that warns of what JMH calls.
    private static final int FIRST_TO_WARN = 24;
    private static final String VERSION = "java.runtime.version = ";

    static Java of(Path file, List<String> options, Path folder) {
        try (Child java =
                Child.start(folder, List.of(file.toString(), "-XshowSettings:properties", "-version"), Map.of())) {
            java.output();
            String version = java.log()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith(VERSION))
                    .findFirst()
                    .orElseThrow();
            return new Java(file, version.substring(VERSION.length()), options);
        }
    }

    /**
     * What runs this jar: where this is Java 25 or later, from a cache that is made first, and with a bound on what compiling takes,
     * as {@code Dockerfile.jvm} has both.
     *
     * @param cache its file
     */
    List<String> command(Path jar, Path cache) {
        if (feature() < FIRST_WITH_CACHE) {
            return command(List.of(), jar);
        }
        List<String> rehearsal = new ArrayList<>(List.of(file.toString(), "-cp", jar.toString()));
        rehearsal.add("dev.penstock.cli.Rehearsal");
        rehearsal.addAll(command(
                List.of(
                        "-XX:AOTCacheOutput=" + cache,
                        "-Xlog:aot=error",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-AOTRecordTraining"),
                jar));
        rehearsal.add("serve");
        try (Child child = Child.start(cache.getParent(), rehearsal, Map.of())) {
            child.output();
            if (!Files.exists(cache)) {
                throw new IllegalStateException("no cache came out:\n" + child.log());
            }
        }
        return command(
                List.of(
                        "-XX:AOTCache=" + cache,
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=MemLimit,*.*,8m~stop"), // which Java 17 does not know
                jar);
    }

    /** The same options for a benchmark of JMH's, each of which would else begin with four lines of warnings. */
    List<String> jmhOptions() {
        List<String> all = new ArrayList<>(options);
        if (feature() >= FIRST_TO_WARN) {
            all.add("--sun-misc-unsafe-memory-access=allow");
        }
        return List.copyOf(all);
    }

    private int feature() {
        return Runtime.Version.parse(version).feature();
    }

    private List<String> command(List<String> first, Path jar) {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(first);
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return List.copyOf(command);
    }
}
