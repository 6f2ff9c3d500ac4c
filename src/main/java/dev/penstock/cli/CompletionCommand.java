package dev.penstock.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = "Writes a script by which a shell completes commands and options.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  source <(penstock completion bash)",
            "  penstock completion fish > ~/.config/fish/completions/penstock.fish",
        })
final class CompletionCommand implements Callable<Integer> {
    /** Whose completion it is. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    @SuppressWarnings("NullAway.Init") // required
    private Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine penstock = Main.commandLine(); // with all that there is to complete
        PrintWriter out = spec.commandLine().getOut();
        // picocli's script is for bash, and lets zsh read it as one.
        out.print(shell == Shell.fish ? fish(penstock) : AutoComplete.bash(penstock.getCommandName(), penstock));
        out.flush();
        return ExitCode.OK;
    }

    private static String fish(CommandLine penstock) {
        StringBuilder script = new StringBuilder();
        add(penstock, "__fish_use_subcommand", script);
        penstock.getSubcommands().forEach((name, command) -> {
            String seen = "__fish_seen_subcommand_from " + name;
            String none = command.getSubcommands().isEmpty()
                    ? seen
                    : seen + "; and not __fish_seen_subcommand_from "
                            + String.join(" ", command.getSubcommands().keySet());
            add(command, none, script);
            command.getSubcommands()
                    .forEach((inner, its) -> add(its, seen + "; and __fish_seen_subcommand_from " + inner, script));
        });
        return script.toString();
    }

    private static void add(CommandLine command, String condition, StringBuilder script) {
        String start = "complete -c penstock -n '" + condition + "'";
        command.getSubcommands()
                .forEach((name, inner) -> script.append(start)
                        .append(" -f -a ")
                        .append(name)
                        .append(description(
                                inner.getCommandSpec().usageMessage().description()))
                        .append('\n'));
        for (OptionSpec option : command.getCommandSpec().options()) {
            script.append(start);
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (!option.type().equals(boolean.class)) {
                script.append(" -r");
            }
            if (option.type().isEnum()) {
                script.append(" -f -a '");
                option.completionCandidates()
                        .forEach(value -> script.append(value).append(' '));
                script.append('\'');
            }
            script.append(description(option.description())).append('\n');
        }
    }

    private static String description(String... lines) {
        return " -d '" + String.join(" ", lines).replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
