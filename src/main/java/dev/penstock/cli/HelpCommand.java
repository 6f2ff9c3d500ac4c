package dev.penstock.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = "Tells what --help tells of a command.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Examples:", "  penstock help review", "  penstock help policy show"})
final class HelpCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "Its name, word by word; all commands where it is left out.")
    private List<String> words = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine command = spec.parent().commandLine();
        for (String word : words) {
            CommandLine inner = command.getSubcommands().get(word);
            if (inner == null) {
                throw new ParameterException(
                        command,
                        "There is no command " + word + " of "
                                + command.getCommandSpec().qualifiedName() + ".");
            }
            command = inner;
        }
        command.usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
