package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.review.Reviewer;
import dev.penstock.rules.PipelineLabel;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what a command reviews, and what could not be read of it. */
final class ManifestInput {
    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE|DIR|-",
            required = true,
            description =
                    "Manifests, YAML or JSON; all of a folder and those below it; - is standard input. Repeatable.")
    private List<String> files = List.of();

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            paramLabel = "NAME",
            description = "Of manifests that name none (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final List<String> errors = new ArrayList<>();
    private int passedOver;

    /**
     * Reviews every pipeline, in the order in which they are read.
     *
     * @param replaced what they replace, by {@link #id}
     */
    void review(PolicyInput policies, Map<String, ObjectNode> replaced, Consumer<Reviewed> action) {
        Reviewer reviewer = policies.reviewer();
        for (String file : files) {
            read(file, manifest -> {
                String where = namespaceOf(manifest);
                ObjectNode before = replaced.get(id(manifest));
                boolean reviewed = isPipeline(manifest.object())
                        || (before != null && isPipeline(before))
                        || (isCronJob(manifest.object()) && PipelineLabel.isRequired(policies.labels(where)));
                if (reviewed) {
                    action.accept(Reviewed.of(manifest, before, where, reviewer, policies.now()));
                } else {
                    passedOver++;
                }
            });
        }
    }

    private static boolean isCronJob(JsonNode object) {
        return object.path("kind").asText().equals("CronJob")
                && object.path("apiVersion").asText().equals("batch/v1");
    }

    private static boolean isPipeline(JsonNode object) {
        return isCronJob(object) && object.path("metadata").path("labels").has(PipelineLabel.KEY);
    }

    /** Reads every object of a file, of a folder or of standard input. */
    void read(String file, Consumer<ManifestFile.Manifest> action) {
        if (file.equals("-")) {
            read("standard input", System.in, action);
            return;
        }
        try {
            for (Path path : paths(Path.of(file))) {
                try (InputStream in = Files.newInputStream(path)) {
                    read(path.toString(), in, action);
                }
            }
        } catch (NoSuchFileException e) {
            errors.add(file + ": no such file or folder");
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            errors.add(file + ": cannot be read: " + e.getMessage());
        }
    }

    private static List<Path> paths(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.getFileName().toString().matches(".*[.](ya?ml|json)"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private void read(String name, InputStream in, Consumer<ManifestFile.Manifest> action) {
        try {
            ManifestFile.read(name, in).manifests().forEach(action);
        } catch (UnreadableException e) {
            errors.add(e.in(name));
        } catch (IOException e) {
            errors.add(name + ": cannot be read: " + e.getMessage());
        }
    }

    /** Namespace and name. */
    String id(ManifestFile.Manifest manifest) {
        return namespaceOf(manifest) + "/"
                + manifest.object().path("metadata").path("name").asText();
    }

    private String namespaceOf(ManifestFile.Manifest manifest) {
        String own = manifest.object().path("metadata").path("namespace").asText();
        return own.isEmpty() ? namespace : own;
    }

    /** How many objects are no pipelines. */
    int passedOver() {
        return passedOver;
    }

    /** What could not be read, each with where it is. */
    List<String> errors() {
        return errors;
    }

    /** Says them on standard error. */
    void writeErrors() {
        PrintWriter err = spec.commandLine().getErr();
        errors.forEach(error -> err.println("penstock: " + error));
        err.flush();
    }
}
