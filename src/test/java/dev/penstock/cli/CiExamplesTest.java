package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples for CI, and every command that the pages name, as they are written there. */
class CiExamplesTest {
    // A command line, up to what ends it on a page or in a shell.
    private static final Pattern COMMAND = Pattern.compile(
            "(?:^|[\\s`/])penstock ((?:review|spread|schedule|policy|rules|completion)\\b(?:'[^'\\n]*'|\"[^\"\\n]*\"|[^`|>\\n'\"])*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Set<String> NAME_A_FILE = Set.of("-f", "--policy", "--output-file");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path checkout;

    private record Example(String file, List<String> args) {
        @Override
        public String toString() {
            return file + ": " + String.join(" ", args);
        }
    }

    static List<Example> commandsOfThePages() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), pages.sorted())
                    .filter(page -> page.toString().endsWith(".md"))
                    .flatMap(page -> commands(page).stream())
                    .toList();
        }
    }

    /** Those of a file, a line each. */
    private static List<Example> commands(Path file) {
        try {
            return COMMAND.matcher(Files.readString(file))
                    .results()
                    .map(command -> new Example(file.toString(), words(command.group(1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> IntStream.rangeClosed(1, 3)
                        .mapToObj(word::group)
                        .filter(group -> group != null)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commandsOfThePages")
    void thereIsWhatAPageNames(Example example) {
        if (example.args().size() > 1) { // else a page speaks of the command, and does not show it
            assertThatCode(() -> Main.commandLine().parseArgs(example.args().toArray(String[]::new)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void thePagesNameEveryCommand() throws Exception {
        assertThat(commandsOfThePages())
                .filteredOn(example -> example.args().size() > 1)
                .extracting(example -> example.args().get(0))
                .contains("review", "spread", "schedule", "policy");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ci/github-actions.yaml, /jobs/review/steps/4/with/sarif_file",
        "ci/gitlab-ci.yaml, /pipelines/artifacts/reports/junit"
    })
    void theReportIsWrittenWhereItIsTakenUp(Path file, String takenUp) throws Exception {
        String text = Files.readString(file);
        JsonNode example = Yaml.tree(text.replaceFirst("(?m)^on:", "\"on\":"));
        assertThat(commands(file)).hasSize(1);
        Path report = checkout.resolve(example.at(takenUp).asText());
        sample("minimal.yaml", "pipelines/good.yaml");
        sample("policies/baseline.yaml", "policies/baseline.yaml");
        assertThat(runAll(file)).containsExactly(new Run(0, "", "1 pipeline: 0 denied, 0 warned of, 1 allowed\n"));
        assertThat(report).isNotEmptyFile();
        sample("mistakes/schedule.yaml", "pipelines/bad.yaml");
        assertThat(runAll(file)).containsExactly(new Run(1, "", "2 pipelines: 1 denied, 0 warned of, 1 allowed\n"));
        assertThat(report).content().contains("FRI-MON");
    }

    /** In a checkout, whose files the commands name. */
    private List<Run> runAll(Path file) {
        List<Run> runs = new ArrayList<>();
        for (Example example : commands(file)) {
            List<String> args = new ArrayList<>(example.args());
            for (int i = 1; i < args.size(); i++) {
                if (NAME_A_FILE.contains(args.get(i - 1))) {
                    args.set(i, checkout.resolve(args.get(i)).toString());
                }
            }
            args.addAll(List.of("--now", "2026-03-01"));
            runs.add(Run.of(args.toArray(String[]::new)));
        }
        return runs;
    }

    @Test
    void theHooksOfPreCommitRun() throws Exception {
        JsonNode hooks = Yaml.tree(Files.readString(Path.of(".pre-commit-hooks.yaml")));
        String good = sample("minimal.yaml", "good.yaml");
        String policy = sample("policies/baseline.yaml", "policy.yaml");
        String bad = sample("mistakes/schedule.yaml", "bad.yaml");
        assertThat(hooks)
                .extracting(hook -> hook.path("id").asText())
                .containsExactly("penstock-review", "penstock-policy-check");
        assertThat(run(hooks.path(0), good, good).exitCode()).isZero();
        assertThat(run(hooks.path(0), good, bad).exitCode()).isEqualTo(1);
        assertThat(run(hooks.path(1), policy).exitCode()).isZero();
        assertThat(run(hooks.path(1), policy, bad).exitCode()).isEqualTo(2);
    }

    /** As pre-commit does it: the entry, the arguments, the files. */
    private static Run run(JsonNode hook, String... files) {
        List<String> args = new ArrayList<>(words(hook.path("entry").asText()));
        assertThat(hook.path("language").asText()).isEqualTo("script");
        assertThat(Path.of(args.remove(0))).isExecutable();
        hook.path("args").forEach(arg -> args.add(arg.asText()));
        args.addAll(List.of(files));
        return Run.of(args.toArray(String[]::new));
    }

    private String sample(String name, String file) throws IOException {
        Path copy = checkout.resolve(file);
        Files.createDirectories(copy.getParent());
        return Files.copy(Path.of("samples", name), copy).toString();
    }
}
