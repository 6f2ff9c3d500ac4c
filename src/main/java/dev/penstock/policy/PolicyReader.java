package dev.penstock.policy;

import dev.penstock.policy.PolicyFiles.Placed;
import dev.penstock.policy.PolicyFiles.Unusable;
import dev.penstock.policy.PolicyFiles.Usable;
import dev.penstock.yaml.UnreadableException;
import dev.penstock.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads policy files once. */
final class PolicyReader {
    private final Function<PolicyDocument, List<PolicyProblem>> check;
    private final Function<PolicyDocument, List<PolicyProblem>> idle;
    private final List<Good> good = new ArrayList<>();
    private final List<Unusable> unusable = new ArrayList<>();

    private record Good(Usable usable, YamlDocument document) {}

    /**
     * @param check what else is wrong with a document; nothing where all is well
     * @param idle what of a document that can be used does nothing
     */
    PolicyReader(
            Function<PolicyDocument, List<PolicyProblem>> check, Function<PolicyDocument, List<PolicyProblem>> idle) {
        this.check = check;
        this.idle = idle;
    }

    /** A file that several of them stand for is read once. */
    PolicyFiles read(List<Path> paths) {
        Set<Path> read = new HashSet<>();
        for (Path path : paths) {
            try {
                for (Path file : PolicyFiles.in(path)) {
                    if (read.add(file.toAbsolutePath().normalize())) {
                        add(file, file.equals(path));
                    }
                }
            } catch (IOException e) {
                refuse(path, new UnreadableException(e));
            }
        }
        List<Usable> usable = refuseWhatIsThereTwice();
        return new PolicyFiles(usable, List.copyOf(unusable));
    }

    private void add(Path file, boolean named) {
        if (!named && Files.exists(file) && !Files.isRegularFile(file)) {
            // To open a pipe would wait for who writes into it, as only one who names it expects.
            refuse(file, new UnreadableException(0, 0, "is no file"));
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            PolicyFile.documents(in).forEach(document -> add(file, document));
        } catch (UnreadableException e) {
            refuse(file, e);
        } catch (IOException e) {
            refuse(file, new UnreadableException(e));
        }
    }

    private void add(Path file, YamlDocument document) {
        try {
            PolicyDocument policy = PolicyDocument.read(document.value(), check);
            good.add(new Good(new Usable(file, policy, placed(document, idle.apply(policy))), document));
        } catch (InvalidPolicyException e) {
            refuse(file, document, DocumentId.of(document.value()).orElse(null), e.problems());
        }
    }

    private void refuse(Path file, UnreadableException why) {
        PolicyProblem problem = new PolicyProblem("", String.valueOf(why.getMessage()));
        unusable.add(new Unusable(file, null, List.of(new Placed(problem, why.place()))));
    }

    private void refuse(Path file, YamlDocument document, @Nullable DocumentId id, List<PolicyProblem> problems) {
        unusable.add(new Unusable(file, id, placed(document, problems)));
    }

    private static List<Placed> placed(YamlDocument document, List<PolicyProblem> problems) {
        return problems.stream()
                .map(problem -> new Placed(problem, PolicyPlaces.of(document, problem.path())))
                .toList();
    }

    /** What is in force together is in one folder: another may have the same for another cluster. */
    private record InFolder(Path folder, DocumentId id) {
        static InFolder of(Path file, DocumentId id) {
            return new InFolder(file.toAbsolutePath().normalize().resolveSibling(""), id);
        }
    }

    /** The others. */
    private List<Usable> refuseWhatIsThereTwice() {
        Map<InFolder, List<Path>> files = new HashMap<>();
        good.forEach(one -> note(one.usable().id(), one.usable().file(), files));
        unusable.forEach(one -> note(one.id(), one.file(), files));
        List<Usable> others = new ArrayList<>();
        for (Good known : good) {
            Usable one = known.usable();
            List<Path> there = files.getOrDefault(InFolder.of(one.file(), one.id()), List.of());
            if (there.size() > 1) {
                refuse(
                        one.file(),
                        known.document(),
                        one.id(),
                        List.of(new PolicyProblem("metadata.name", "is there more than once, in " + names(there))));
            } else {
                others.add(one);
            }
        }
        return List.copyOf(others);
    }

    private static void note(@Nullable DocumentId id, Path file, Map<InFolder, List<Path>> files) {
        if (id != null) {
            files.computeIfAbsent(InFolder.of(file, id), key -> new ArrayList<>())
                    .add(file);
        }
    }

    private static String names(List<Path> files) {
        return files.stream()
                .map(file -> file.getFileName().toString())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
