package dev.penstock.cli;

import static java.util.stream.Collectors.joining;

import dev.penstock.cluster.ClusterException;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. Only {@code serve} boots the server; every other command is plain Java, for a quick start. */
@QuarkusMain
public final class Main {
    // Quarkus starts the packaged program without arguments when it tests it.
    private static final String COMMAND_PROPERTY = "penstock.command";

    private Main() {}

    public static void main(String[] args) {
        String command = System.getProperty(COMMAND_PROPERTY);
        System.exit(run(args.length == 0 && command != null ? command.split(" ") : args));
    }

    static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new PenstockCommand())
                // As kubectl, whatever the locale: reports are read by programs.
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setExpandAtFiles(false) // @daily is a schedule
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::failed);
    }

    /** What is wrong, and no page of help that would hide it. */
    private static int misused(ParameterException misuse, String[] args) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("penstock: "
                + String.valueOf(misuse.getMessage())
                        .lines()
                        .map(TerminalText::printable)
                        .collect(joining("\n")));
        if (!UnmatchedArgumentException.printSuggestions(misuse, err)) {
            err.println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(Exception failure, CommandLine command, ParseResult given) throws Exception {
        if (failure instanceof ClusterException) {
            command.getErr().println("penstock: " + failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw failure;
    }
}
