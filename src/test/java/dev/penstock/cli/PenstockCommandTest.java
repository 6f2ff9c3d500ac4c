package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.rules.Rules;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class PenstockCommandTest {
    @Test
    void listsEveryRuleInASentence() {
        Run run = Run.of("rules");
        assertThat(run.out()
                        .lines()
                        .filter(line -> !line.startsWith(" "))
                        .map(line -> line.substring(0, line.indexOf(':'))))
                .containsExactlyElementsOf(Rules.ids());
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(run.out().replace("\n  ", " ").lines()).allMatch(rule -> rule.endsWith("."));
    }

    @Test
    void tellsAllOfARule() {
        assertThat(Run.of("rules", "schedule").out())
                .startsWith("## schedule\n\n")
                .contains("minInterval");
        assertThat(Run.of("rules", "shedule").err())
                .startsWith("penstock: There is no rule shedule; did you mean schedule?");
    }

    @Test
    void readsOfACommandThatRunsAloneWhatItReadsOfAll() {
        Map<String, CommandLine> commands = new HashMap<>(Main.commandLine().getSubcommands());
        assertThat(commands.remove("help")).isNotNull(); // which is of all commands
        assertThat(commands).hasSize(7).allSatisfy((name, command) -> {
            CommandLine alone = Main.commandLine(name);
            assertThat(alone.getSubcommands()).containsOnlyKeys(name);
            assertThat(Objects.requireNonNull(alone.getSubcommands().get(name)).getUsageMessage())
                    .startsWith("Usage: penstock " + name + " ")
                    .isEqualTo(command.getUsageMessage());
        });
        assertThat(Run.of("spraed").err()).contains("Did you mean: penstock spread");
    }

    /** A flag that is given means the opposite of its default: of the environment's, too, unless it is told otherwise. */
    @Test
    void turnsOnWithAFlagWhatTheEnvironmentHasTurnedOn() {
        List<OptionSpec> flags = optionsOf(Main.commandLine())
                .filter(option -> option.typeInfo().isBoolean() && option.defaultValue() != null)
                .toList();
        assertThat(flags).extracting(OptionSpec::longestName).contains("--from-cluster");
        assertThat(flags).allSatisfy(flag -> {
            OptionSpec turnedOn = OptionSpec.builder(flag).defaultValue("true").build();
            new CommandLine(CommandSpec.create().addOption(turnedOn)).parseArgs(flag.longestName());
            assertThat((Boolean) turnedOn.getValue()).isTrue();
        });
    }

    private static Stream<OptionSpec> optionsOf(CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().options().stream(),
                command.getSubcommands().values().stream().flatMap(PenstockCommandTest::optionsOf));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an option that is missing   | policy show --namespce ml | s: '--namespce', 'ml'
        a parameter that is missing | schedule -1_*_*_*_*       | : '-1 * * * *'
        """)
    void tellsWhatIsUnknownBeforeWhatIsMissing(String story, String command, String unknown) {
        String[] args = command.split(" ");
        Arrays.setAll(args, i -> args[i].replace('_', ' '));
        Run run = Run.of(args);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("penstock: Unknown option" + unknown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "review", "policy show", "help"})
    void helpsAsTheOptionDoes(String command) {
        Run run = Run.of(("help " + command).split(" "));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: penstock " + command)
                .isEqualTo(Run.of((command + " --help").strip().split(" ")).out());
    }

    @Test
    void tellsOfWhichCommandThereIsNoHelp() {
        Run run = Run.of("help", "policy", "shwo");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("penstock: There is no command shwo of penstock policy.\nSee penstock policy --help.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void writesACompletion(String shell) {
        Run run = Run.of("completion", shell);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(List.of("review", "namespace-label", "preview", "completion"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "review -f deploy",
                "schedule @daily",
                "spread -f deploy",
                "policy show",
                "policy preview --policy samples -f deploy"
            })
    void refusesANamespaceWithoutAName(String command) {
        Run run = Run.of((command + " -n=").split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("penstock: Invalid value for option '--namespace'")
                .contains("is empty\n");
    }
}
