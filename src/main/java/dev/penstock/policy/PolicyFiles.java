package dev.penstock.policy;

import dev.penstock.yaml.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a file, or of the YAML files in a folder.
 *
 * @param usable no two of which have the same id
 * @param unusable the others, with what is wrong
 */
public record PolicyFiles(List<Usable> usable, List<Unusable> unusable) {
    private static final int NAMED = 5;

    /**
     * A document that can be in force.
     *
     * @param idle what of it does nothing, where that was asked for
     */
    public record Usable(Path file, PolicyDocument document, List<Placed> idle) {
        DocumentId id() {
            return document.id();
        }
    }

    /**
     * A document that cannot, or a file that holds none that could be told apart.
     *
     * @param id null where it is not known
     */
    public record Unusable(Path file, @Nullable DocumentId id, List<Placed> problems) {
        /** All problems in one line. */
        public String line() {
            return problems.stream().map(Placed::toString).collect(Collectors.joining("; "));
        }

        /** The problems, each with where it is, as compilers write it: {@code ml.yaml:3:7: …}. */
        public List<PolicyProblem> located() {
            String document = id == null ? "" : id + ": ";
            return problems.stream()
                    .map(one -> new PolicyProblem(one.place().in(file.toString()), document + one.problem()))
                    .toList();
        }
    }

    /**
     * A problem of a file.
     *
     * @param place where the field stands in it, or what would hold it; nowhere where the whole file is meant
     */
    public record Placed(PolicyProblem problem, Place place) {
        /** With its line, where no field says where it is. */
        @Override
        public String toString() {
            return problem.path().isEmpty() && place.isKnown()
                    ? "line " + place.line() + ": " + problem
                    : problem.toString();
        }
    }

    /**
     * The files that a path stands for: the file itself, or what is called {@code .yaml} or {@code .yml} in the folder itself and
     * is not hidden, as the versions are that a volume of a ConfigMap has beside its files.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> in(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> isPolicy(file.getFileName().toString()))
                    .filter(Predicate.not(Files::isDirectory))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e); // what went wrong on the way through the folder
        }
    }

    private static boolean isPolicy(String name) {
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    /**
     * Reads a file, which may hold several documents, or all files of a folder.
     *
     * @param check what else is wrong with a document; nothing where all is well
     */
    public static PolicyFiles read(Path path, Function<PolicyDocument, List<PolicyProblem>> check) {
        return read(List.of(path), check, any -> List.of());
    }

    /**
     * The same of several: no two documents of one folder may have the same id.
     *
     * @param idle what of a document that can be used does nothing
     */
    public static PolicyFiles read(
            List<Path> paths,
            Function<PolicyDocument, List<PolicyProblem>> check,
            Function<PolicyDocument, List<PolicyProblem>> idle) {
        return new PolicyReader(check, idle).read(paths);
    }

    /**
     * All documents, where each can be used.
     *
     * @throws InvalidPolicyException with what is wrong with the others
     */
    public List<Usable> allUsable() throws InvalidPolicyException {
        if (!unusable.isEmpty()) {
            throw new InvalidPolicyException(
                    unusable.stream().flatMap(one -> one.located().stream()).toList());
        }
        return usable;
    }

    /**
     * What is to be in force from now on: what can be used, and for what cannot the last good version.
     *
     * @param before what has been in force
     */
    public List<Usable> after(List<Usable> before) {
        List<Usable> inForce = new ArrayList<>(usable);
        unusable.stream()
                .flatMap(one -> kept(one, before).stream())
                .filter(Predicate.not(inForce::contains))
                .forEach(inForce::add);
        return List.copyOf(inForce);
    }

    /**
     * The documents that stay in force because another cannot be used: its last good version. Where there is none, it may be
     * a document of the same file under another name, so that what the file held before stays.
     */
    public List<Usable> kept(Unusable one, List<Usable> before) {
        Set<DocumentId> replaced = usable.stream().map(Usable::id).collect(Collectors.toSet());
        boolean known = before.stream().anyMatch(old -> old.id().equals(one.id()));
        return before.stream()
                .filter(old -> known ? old.id().equals(one.id()) : old.file().startsWith(one.file()))
                .filter(old -> !replaced.contains(old.id()))
                .toList();
    }

    /** What a log calls the documents. */
    public static String words(List<Usable> documents) {
        if (documents.isEmpty()) {
            return PolicyFile.builtIn().reason().toString();
        }
        return documents.size() > NAMED
                ? documents.size() + " documents"
                : documents.stream()
                        .map(one -> one.document().reason().toString())
                        .collect(Collectors.joining(", "));
    }
}
