package dev.penstock.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PolicyFiles;
import dev.penstock.policy.PolicyFiles.Usable;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.rules.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of {@code src/test/resources/cases}: what an author writes and what must come of it, through every face.
 *
 * <p>It holds {@code input.yaml}, whose first line says what is special; {@code policy.yaml} with the policies that there are above the
 * built-in one; {@code old.yaml} where the input replaces another object; {@code expected.yaml}, the object afterwards,
 * where it is allowed; and {@code expected.txt}, the {@link Outcome}.
 */
public record Case(Path folder) {
    /** The time of every review of a case. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final Path ROOT = Path.of("src/test/resources/cases");
    static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    /** Every case, by name. */
    public static List<Case> all() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory).sorted().map(Case::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The case of this name. */
    public static Case named(String name) {
        return new Case(ROOT.resolve(name));
    }

    public String name() {
        return folder.getFileName().toString();
    }

    /** The author's manifest. */
    public Path input() {
        return folder.resolve("input.yaml");
    }

    /** The policies, of which it may hold several; empty where there is the built-in one alone. */
    public Optional<Path> policyFile() {
        return existing("policy.yaml");
    }

    /** The manifest of the object that the input replaces; empty where there is none. */
    public Optional<Path> old() {
        return existing("old.yaml");
    }

    /** The object afterwards; empty where the input is denied. */
    public Optional<Path> expected() {
        return existing("expected.yaml");
    }

    /** What is said of it. */
    public Path outcome() {
        return folder.resolve("expected.txt");
    }

    /** The lines of the {@link Outcome} that is expected. */
    public List<String> outcomeLines() {
        return text(outcome()).lines().toList();
    }

    /** The reviewer by its policies. */
    Reviewer reviewer() throws InvalidPolicyException {
        if (policyFile().isEmpty()) {
            return Reviewer.of();
        }
        List<Usable> documents =
                PolicyFiles.read(policyFile().get(), Rules::problems).allUsable();
        return Reviewer.of(documents.stream().map(Usable::document).toList(), NamespaceLabels.OF_THE_NAME);
    }

    Review review() {
        ObjectNode object = read(input());
        String namespace = object.path("metadata").path("namespace").asText("default");
        return new Review(object, old().map(Case::read).orElse(null), namespace, new Review.File(), NOW);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A manifest as a tree. */
    public static ObjectNode read(Path file) {
        try {
            return (ObjectNode) YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> existing(String file) {
        return Optional.of(folder.resolve(file)).filter(Files::exists);
    }

    @Override
    public String toString() {
        return name();
    }
}
