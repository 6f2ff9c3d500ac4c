package dev.penstock.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyFiles;
import dev.penstock.review.Reviewer;
import dev.penstock.rules.PipelineLabel;
import dev.penstock.rules.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "review",
        description = "Reviews manifests as the webhook would, without a cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeOnExecutionException = ReviewCommand.UNREADABLE,
        footer = {
            "",
            "Exit codes: 0 all allowed, 1 something is denied, 2 something could not be read.",
            "",
            "Examples:",
            "  penstock review -f churn.yaml --policy policies/",
            "  kustomize build . | penstock review -f - -o json",
        })
final class ReviewCommand implements Callable<Integer> {
    private static final int DENIED = 1;
    static final int UNREADABLE = 2;
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build());

    /** What is written. */
    enum Format {
        text,
        yaml,
        json
    }

    /** From what on it fails. */
    enum FailOn {
        deny,
        warn
    }

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE|DIR|-",
            required = true,
            description =
                    "Manifests, YAML or JSON; all of a folder and those below it; - is standard input. Repeatable.")
    private List<String> files = List.of();

    @Option(
            names = "--policy",
            paramLabel = "FILE|DIR",
            description = "PipelinePolicy and PipelineDefaults documents above the built-in policy.")
    private @Nullable Path policy;

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            paramLabel = "NAME",
            description = "Of manifests that name none (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(
            names = "--namespace-label",
            paramLabel = "KEY=VALUE",
            description = "A label that every namespace has, beside that of its name. Repeatable.")
    private Map<String, String> namespaceLabels = Map.of();

    @Option(
            names = "--old",
            paramLabel = "FILE|DIR",
            description = "The manifests that they replace: what these broke already is no more than a warning.")
    private @Nullable String old;

    @Option(
            names = "--fail-on",
            defaultValue = "deny",
            paramLabel = "deny|warn",
            description = "From what on the exit code is 1 (default: ${DEFAULT-VALUE}).")
    private FailOn failOn = FailOn.deny;

    @Option(
            names = "--now",
            paramLabel = "DATE",
            description = "The day of the review, such as 2027-03-31, for exemptions that expire and for runs.")
    private @Nullable String now;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|yaml|json",
            description = "Findings for people; the manifests as they would be stored; or all for programs"
                    + " (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Map<String, ObjectNode> replaced = new HashMap<>(); // by namespace and name
    private final List<Reviewed> pipelines = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int passedOver;

    @Override
    public Integer call() {
        Reviewer reviewer = reviewer();
        Instant moment = moment();
        if (old != null) {
            read(old, manifest -> replaced.put(id(manifest), manifest.object()));
        }
        for (String file : files) {
            read(file, manifest -> review(manifest, reviewer, moment));
        }
        ReviewReport report = new ReviewReport(pipelines, passedOver, errors);
        PrintWriter err = spec.commandLine().getErr();
        errors.forEach(error -> err.println("penstock: " + error));
        err.flush();
        write(report, moment);
        boolean fails = report.denied() > 0 || (failOn == FailOn.warn && report.warned() > 0);
        return errors.isEmpty() ? (fails ? DENIED : 0) : UNREADABLE;
    }

    private Instant moment() {
        if (now == null) {
            return Instant.now();
        }
        try {
            return LocalDate.parse(now).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new ParameterException(spec.commandLine(), "--now: must be a date such as 2027-03-31");
        }
    }

    private Reviewer reviewer() {
        try {
            List<PolicyDocument> documents = policy == null
                    ? List.of()
                    : PolicyFiles.read(policy, Rules::problems).allUsable().stream()
                            .map(PolicyFiles.Usable::document)
                            .toList();
            return Reviewer.of(documents, this::labels);
        } catch (InvalidPolicyException e) {
            throw new ParameterException(
                    spec.commandLine(), "--policy: " + policy + " cannot be used:\n" + e.getMessage());
        }
    }

    private Map<String, String> labels(String name) {
        Map<String, String> labels = new HashMap<>(NamespaceLabels.OF_THE_NAME.of(name));
        labels.putAll(namespaceLabels);
        return labels;
    }

    private void read(String file, Consumer<ManifestFile.Manifest> action) {
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

    private String id(ManifestFile.Manifest manifest) {
        JsonNode metadata = manifest.object().path("metadata");
        return namespaceOf(manifest) + "/" + metadata.path("name").asText();
    }

    private String namespaceOf(ManifestFile.Manifest manifest) {
        String own = manifest.object().path("metadata").path("namespace").asText();
        return own.isEmpty() ? namespace : own;
    }

    private void review(ManifestFile.Manifest manifest, Reviewer reviewer, Instant moment) {
        String where = namespaceOf(manifest);
        ObjectNode before = replaced.get(id(manifest));
        boolean reviewed = isPipeline(manifest.object())
                || (before != null && isPipeline(before))
                || (isCronJob(manifest.object()) && PipelineLabel.isRequired(labels(where)));
        if (reviewed) {
            pipelines.add(Reviewed.of(manifest, before, where, reviewer, moment));
        } else {
            passedOver++;
        }
    }

    private static boolean isCronJob(JsonNode object) {
        return object.path("kind").asText().equals("CronJob")
                && object.path("apiVersion").asText().equals("batch/v1");
    }

    private static boolean isPipeline(JsonNode object) {
        return isCronJob(object) && object.path("metadata").path("labels").has(PipelineLabel.KEY);
    }

    private void write(ReviewReport report, Instant moment) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> new TextReport(out, moment).write(report);
            case json -> JsonReport.write(report, out);
            case yaml -> writeYaml(report, out);
        }
        out.flush();
    }

    private static void writeYaml(ReviewReport report, PrintWriter out) {
        for (Reviewed pipeline : report.pipelines()) {
            if (!pipeline.isDenied()) {
                try {
                    out.print(YAML.writeValueAsString(pipeline.object()));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException("a tree is YAML", e);
                }
            }
        }
    }
}
