package dev.penstock.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "penstock",
        description = "Fills in and checks ML pipelines that run as CronJobs.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReviewCommand.class,
            PolicyCommand.class,
            RulesCommand.class,
            ScheduleCommand.class,
            ServeCommand.class,
            SpreadCommand.class,
            CompletionCommand.class
        })
final class PenstockCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: say what to do");
    }
}
