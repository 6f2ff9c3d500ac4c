package dev.penstock.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A manifest of {@code samples/}.
 *
 * @param file from the project's folder
 */
record Sample(Path file) {
    private static final Path FOLDER = Path.of("samples");
    private static final Path MISTAKES = FOLDER.resolve("mistakes");
    private static final Path RECORDED = Path.of("src/test/resources/recorded");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String COMMENT = "# ";

    /** All of them, those to begin with first and the mistakes last. */
    static List<Sample> all() {
        return Stream.concat(
                        Stream.of("minimal", "steps", "container", "original")
                                .map(name -> new Sample(FOLDER.resolve(name + ".yaml"))),
                        files(MISTAKES).map(Sample::new))
                .toList();
    }

    static List<Path> allFiles() {
        return Stream.concat(files(FOLDER), files(MISTAKES)).toList();
    }

    static List<Path> allRecordings() {
        return files(RECORDED).toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isMistake() {
        return file.startsWith(MISTAKES);
    }

    /** What its first line says is special. */
    String special() {
        String first = text().lines().findFirst().orElse("");
        return first.startsWith(COMMENT) ? first.substring(COMMENT.length()) : "";
    }

    /** The manifest without the line that says what is special. */
    List<String> manifest() {
        return text().lines().skip(1).toList();
    }

    ObjectNode tree() {
        try {
            return (ObjectNode) YAML.readTree(text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The review of its creation, as an API server sent it. */
    Path recording() {
        String name = file.getFileName().toString();
        return RECORDED.resolve(name.substring(0, name.length() - ".yaml".length()) + ".json");
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
