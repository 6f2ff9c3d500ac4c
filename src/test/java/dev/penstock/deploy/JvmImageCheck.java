package dev.penstock.deploy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.FreePorts;
import dev.penstock.controlplane.ServerCertificate;
import java.io.IOException;
import java.io.Reader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code src/main/docker/Dockerfile.jvm} copies, runs and starts, without Docker: in a folder, on a JDK 25 that
 * {@code JAVA_HOME_25} names or that is in {@code /usr/lib/jvm}. Runs where it is named: {@code .ci/run}.
 */
class JvmImageCheck {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String CACHE = "penstock.aot";

    @TempDir
    static Path image;

    @TempDir
    Path folder;

    private Process program;

    @BeforeAll
    static void build() throws Exception {
        for (String copy : instructions("COPY")) {
            List<String> words = Stream.of(copy.split(" "))
                    .filter(word -> !word.startsWith("--"))
                    .toList();
            String source = words.get(0).replaceFirst("/$", "/.");
            // With the files' times, by which the cache is told whether it fits.
            run(
                    Path.of(""),
                    "sh",
                    "-c",
                    "mkdir -p \"$1\" && cp -a \"$0\" \"$1\"",
                    source,
                    image.resolve(words.get(1)) + "/");
        }
        for (String command : instructions("RUN")) {
            run(image, "sh", "-c", command);
        }
    }

    @AfterEach
    void end() throws Exception {
        if (program != null) {
            program.destroy();
            program.waitFor();
        }
    }

    @Test
    void startsFromItsCache() throws Exception {
        Path classes = folder.resolve("classes");
        serve(image, "-Xlog:class+load:file=" + classes);
        // Else it is that of a jar.
        assertThat(Files.readString(classes).contains("dev.penstock.admission.Webhook source: shared objects file"))
                .isTrue();
    }

    @Test
    void startsWithoutACacheThatFits() throws Exception {
        Path other = Files.createDirectory(folder.resolve("image"));
        run(Path.of(""), "sh", "-c", "cp -a \"$0\" \"$1\"", image + "/.", other.toString());
        Files.delete(other.resolve(CACHE));
        Files.writeString(other.resolve(CACHE), "no cache\n");
        serve(other, "-Xlog:aot=error");
    }

    @Test
    void startsAsTheImageOfJibDoes() throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(reader);
        }
        assertThat(entryPoint().stream().filter(word -> !word.startsWith("-XX:AOTCache=")))
                .containsExactly(
                        properties.getProperty("quarkus.jib.jvm-entrypoint").split(","));
    }

    @Test
    void leavesTwoThirdsOfTheMemoryOfAPodToOthersThanTheHeap() throws Exception {
        String flags = java("-XX:MaxRAM=256m", "-XX:+PrintFlagsFinal", "-version");
        Matcher heap = Pattern.compile("\\bMaxHeapSize += (\\d+)").matcher(flags);
        assertThat(heap.find()).as(flags).isTrue();
        assertThat(Long.parseLong(heap.group(1))).isBetween(80_000_000L, 95_000_000L);
    }

    /** Else Java goes by what one review taught it, for good, and compiles less well. */
    @Test
    void learnsNothingOfTheReviewThatMadeItsCache() throws Exception {
        String output = java(
                "-XX:+UnlockDiagnosticVMOptions", "-XX:+AOTPrintTrainingInfo", "-jar", "quarkus-run.jar", "--version");
        assertThat(output.contains("Archived TrainingData Dictionary\npenstock "))
                .isTrue(); // else it is long
    }

    /** What the image's Java says with its own options and these. */
    private static String java(String... options) throws Exception {
        List<String> entryPoint = entryPoint();
        List<String> java = new ArrayList<>(List.of("env"));
        java.addAll(entryPoint.subList(0, entryPoint.indexOf("-jar")));
        java.addAll(List.of(options));
        return run(image, java.toArray(String[]::new));
    }

    private static List<String> entryPoint() throws IOException {
        return List.of(new ObjectMapper().readValue(instructions("ENTRYPOINT").get(0), String[].class));
    }

    /** Returns when it is ready. */
    private void serve(Path image, String javaOption) throws Exception {
        FreePorts ports = FreePorts.pick();
        ServerCertificate certificate = ServerCertificate.make(folder);
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(entryPoint());
        command.addAll(List.of("--port=" + ports.first(), "--management-port=" + ports.second()));
        command.addAll(List.of("--tls-cert=" + certificate.certificate(), "--tls-key=" + certificate.key()));
        Path output = folder.resolve("output");
        ProcessBuilder builder = builder(image, command).redirectOutput(output.toFile());
        builder.environment().put("JAVA_TOOL_OPTIONS", javaOption);
        program = builder.start();
        URI health = URI.create("http://127.0.0.1:" + ports.second() + "/q/health/ready");
        Await.until("the program to be ready", LIMIT, () -> isReady(health), () -> read(output));
    }

    private static boolean isReady(URI health) {
        try {
            return ((HttpURLConnection) health.toURL().openConnection()).getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String run(Path directory, String... command) throws Exception {
        Process process = builder(directory, List.of(command)).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static ProcessBuilder builder(Path directory, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PENSTOCK_") || name.startsWith("QUARKUS_"));
        builder.environment().merge("PATH", java25().resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return builder;
    }

    private static Path java25() throws IOException {
        String named = System.getenv("JAVA_HOME_25");
        if (named != null) {
            return Path.of(named);
        }
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.filter(home -> home.getFileName().toString().matches("[a-z-]*-25\\b.*"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("needs a JDK 25: JAVA_HOME_25 may name its home"));
        }
    }

    /** What follows this word, each on one line. */
    private static List<String> instructions(String word) throws IOException {
        String text = Files.readAllLines(Path.of("src/main/docker/Dockerfile.jvm")).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(joining("\n"))
                .replaceAll(" *\\\\\n *", " ");
        List<String> found = text.lines()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
        assertThat(found).as(word).isNotEmpty();
        return found;
    }
}
