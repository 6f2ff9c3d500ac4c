package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cluster.ClusterSnapshot;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.review.Reviewer;
import dev.penstock.rules.PipelineLabel;
import dev.penstock.yaml.Place;
import dev.penstock.yaml.UnreadableException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options that say what a command reviews, and what could not be read of it. */
final class ManifestInput {
    private static final String STANDARD_INPUT = "standard input";

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE|DIR|-",
            arity = "1..*",
            description =
                    "Manifests, YAML or JSON; all of a folder and those below it; - is standard input. Repeatable."
                            + " Left out with --from-cluster: every pipeline that is there.")
    private List<String> files = List.of();

    @Option(
            names = {"-n", "--namespace"},
            converter = NamespaceName.class,
            paramLabel = "NAME",
            description = "Of manifests that name none (default: default, or that of the kubeconfig's context)."
                    + " Of a cluster's pipelines, those of this one alone.")
    private @Nullable String namespace;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Reviews every pipeline as if its label named this profile.")
    private @Nullable String profile;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final List<Unread> errors = new ArrayList<>();
    private int passedOver;

    /** Reviews every pipeline, in the order in which they are read. */
    void review(PolicyInput policies, Map<String, ObjectNode> replaced, Progress progress, Consumer<Reviewed> action) {
        Reviewer reviewer = policies.reviewer();
        forEach(policies, replaced, progress, pipeline -> action.accept(pipeline.review(reviewer, policies.now())));
    }

    /**
     * Hands out every pipeline, in the order in which they are read.
     *
     * @param replaced what they replace, by {@link #id}, before what the cluster has
     */
    void forEach(
            PolicyInput policies, Map<String, ObjectNode> replaced, Progress progress, Consumer<Reviewable> action) {
        Consumer<Reviewable> counted = action.andThen(pipeline -> progress.count());
        Optional<ClusterSnapshot> cluster = policies.cluster();
        if (files.isEmpty() && cluster.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: '--filename=FILE|DIR|-', or --from-cluster");
        }
        cluster.ifPresent(found ->
                found.problems().forEach(problem -> errors.add(Unread.whole(ManifestFile.CLUSTER, problem))));
        for (String file : files) {
            read(file, progress, manifest -> {
                Optional<Unread> unread = unread(manifest);
                if (unread.isPresent()) {
                    errors.add(unread.get());
                } else {
                    reviewable(manifest, policies, replaced).ifPresentOrElse(counted, () -> passedOver++);
                }
            });
        }
        if (files.isEmpty()) {
            progress.at("the cluster");
            cluster.orElseThrow().forEachPipeline((object, where) -> {
                if (namespace == null || namespace.equals(where)) {
                    ManifestFile.Entry manifest = ManifestFile.Entry.ofCluster(withProfile(object));
                    counted.accept(new Reviewable(manifest, null, where, true));
                }
            });
        }
    }

    /** Why it cannot be told whether it is a pipeline, or be reviewed as the one that it should be; empty where it can. */
    private static Optional<Unread> unread(ManifestFile.Entry manifest) {
        if (isOfAnotherKind(manifest.object())) {
            return Optional.of(ofAnotherKind(manifest));
        }
        if (isCronJob(manifest.object())) {
            try {
                PipelineLabel.of(Field.of(manifest.object()));
            } catch (WrongTypeException e) {
                Place place = manifest.place(e.path().pointer());
                return Optional.of(new Unread(manifest.file().name(), place, e.sentence()));
            }
        }
        return Optional.empty();
    }

    /** Whether it should be a pipeline, and is none that there could be, as of {@code batch/v1beta1}. */
    private static boolean isOfAnotherKind(ObjectNode object) {
        String version = object.path("apiVersion").asText();
        return hasLabel(object)
                && !isCronJob(object)
                && object.path("kind").asText().equalsIgnoreCase("CronJob")
                && (version.startsWith("batch/") || version.indexOf('/') < 0); // else it is one of another API
    }

    private static Unread ofAnotherKind(ManifestFile.Entry manifest) {
        ObjectNode object = manifest.object();
        String message = "is labelled as a pipeline, which is a CronJob of batch/v1, and this is a "
                + object.path("kind").asText() + " of " + object.path("apiVersion");
        return new Unread(manifest.file().name(), manifest.place(""), message);
    }

    /** Empty where it is no pipeline, nor should be one. */
    private Optional<Reviewable> reviewable(
            ManifestFile.Entry manifest, PolicyInput policies, Map<String, ObjectNode> replaced) {
        ObjectNode object = manifest.object();
        if (!isCronJob(object)) {
            return Optional.empty();
        }
        String where = namespaceOf(object, policies);
        ObjectNode before = before(object, where, policies, replaced);
        boolean isOne = isPipeline(object)
                || (before != null && isPipeline(before))
                || PipelineLabel.isRequired(policies.labels(where));
        return isOne
                ? Optional.of(new Reviewable(manifest.with(withProfile(object)), before, where, false))
                : Optional.empty();
    }

    private static @Nullable ObjectNode before(
            ObjectNode object, String where, PolicyInput policies, Map<String, ObjectNode> replaced) {
        String name = object.path("metadata").path("name").asText("");
        ObjectNode old = replaced.get(id(where, name));
        if (old != null || name.isEmpty()) {
            return old;
        }
        return policies.cluster().map(cluster -> cluster.cronJob(where, name)).orElse(null);
    }

    private ObjectNode withProfile(ObjectNode object) {
        if (profile == null || !isPipeline(object)) {
            return object;
        }
        ObjectNode copy = object.deepCopy();
        copy.withObject("/metadata/labels").put(PipelineLabel.KEY, profile);
        return copy;
    }

    static boolean isCronJob(JsonNode object) {
        return object.path("kind").asText().equals("CronJob")
                && object.path("apiVersion").asText().equals("batch/v1");
    }

    private static boolean isPipeline(JsonNode object) {
        return isCronJob(object) && hasLabel(object);
    }

    private static boolean hasLabel(JsonNode object) {
        return object.path("metadata").path("labels").has(PipelineLabel.KEY);
    }

    /** @throws ParameterException if the name is empty, which would be that of the folder that the user is in */
    static void mustBeNamed(String file, CommandSpec command) {
        if (file.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "the name of a file is empty; . is the folder that you are in");
        }
    }

    /**
     * To be asked before anything is read: standard input may be a terminal, which waits.
     *
     * @param other that the command reads beside these
     * @throws ParameterException if a name is empty or a misspelt option, or standard input is given twice
     */
    void mustBeFiles(@Nullable String other) {
        List<String> all = new ArrayList<>(files);
        Optional.ofNullable(other).ifPresent(all::add);
        for (String file : all) {
            mustBeNamed(file, spec);
            if (file.startsWith("--") && !new File(file).exists()) { // -f takes all that stands behind it
                throw new UnmatchedArgumentException(spec.commandLine(), List.of(file));
            }
        }
        if (Collections.frequency(all, "-") > 1) {
            throw new ParameterException(spec.commandLine(), "- is given twice: standard input can be read only once");
        }
    }

    /** Reads every object of a file, of a folder or of standard input. */
    void read(String file, Progress progress, Consumer<ManifestFile.Entry> action) {
        if (file.equals("-")) {
            progress.at(STANDARD_INPUT);
            read(STANDARD_INPUT, System.in, action);
            return;
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                readFolder(path, progress, action);
            } else {
                progress.at(file);
                read(path, action);
            }
        } catch (InvalidPathException e) {
            errors.add(Unread.whole(file, "cannot be read: " + e.getMessage()));
        }
    }

    private void readFolder(Path path, Progress progress, Consumer<ManifestFile.Entry> action) {
        ManifestFolder folder = ManifestFolder.of(path);
        List<Path> paths = folder.files();
        errors.addAll(folder.unread());
        if (paths.isEmpty() && folder.unread().isEmpty()) {
            errors.add(Unread.whole(path.toString(), "no file in this folder ends in .yaml, .yml or .json"));
        }
        for (int i = 0; i < paths.size(); i++) {
            progress.at("%d of %d: %s".formatted(i + 1, paths.size(), paths.get(i)));
            read(paths.get(i), action);
        }
    }

    private void read(Path path, Consumer<ManifestFile.Entry> action) {
        try (InputStream in = Files.newInputStream(path)) {
            read(path.toString(), in, action);
        } catch (IOException e) {
            errors.add(Unread.of(path.toString(), new UnreadableException(e)));
        }
    }

    private void read(String name, InputStream in, Consumer<ManifestFile.Entry> action) {
        try {
            ManifestFile file = ManifestFile.read(name, in);
            if (file.isBlank() && in.equals(System.in) && files.contains("-")) { // rather than of --old
                errors.add(Unread.whole(name, "holds nothing, as where the command before it failed"));
            }
            file.manifests().forEach(action);
        } catch (UnreadableException e) {
            errors.add(Unread.of(name, e));
        } catch (IOException e) {
            errors.add(Unread.of(name, new UnreadableException(e)));
        }
    }

    /** By what CronJobs are told apart. */
    String id(ObjectNode object, PolicyInput policies) {
        return id(
                namespaceOf(object, policies),
                object.path("metadata").path("name").asText(""));
    }

    private static String id(String namespace, String name) {
        return namespace + "/" + name;
    }

    private String namespaceOf(ObjectNode object, PolicyInput policies) {
        String own = object.path("metadata").path("namespace").asText("");
        if (!own.isEmpty()) {
            return own;
        }
        return namespace != null
                ? namespace
                : policies.cluster().map(ClusterSnapshot::namespace).orElse("default");
    }

    /** How many objects are no pipelines. */
    int passedOver() {
        return passedOver;
    }

    /** Counts a pipeline among what could not be read, where no more is told of it. */
    void broken(Reviewed pipeline, Diagnostic why) {
        errors.add(new Unread(pipeline.file().name(), why.place(), why.message()));
    }

    /** What could not be read. */
    List<Unread> errors() {
        return errors;
    }

    /** Says them on standard error. */
    void writeErrors() {
        PrintWriter err = spec.commandLine().getErr();
        errors.forEach(error -> TerminalText.println(err, "penstock: " + error));
        err.flush();
    }
}
