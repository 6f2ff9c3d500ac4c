package dev.penstock.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        description = "Checks policies, shows what applies to a namespace, and tells what a new one would change.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PolicyCheckCommand.class, PolicyShowCommand.class, PolicyPreviewCommand.class})
final class PolicyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Without a command it tells which there are. */
    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        command.usage(command.getErr());
        return ExitCode.NO_VERDICT;
    }
}
