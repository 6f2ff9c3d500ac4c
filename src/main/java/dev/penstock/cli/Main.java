package dev.penstock.cli;

import static java.util.stream.Collectors.joining;

import dev.penstock.cluster.ClusterException;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. Only {@code serve} boots the server; every other command is plain Java, for a quick start. */
@QuarkusMain
public final class Main {
    // Quarkus starts the packaged program without arguments when it tests it.
    private static final String COMMAND_PROPERTY = "penstock.command";

    // In the order in which --help has them.
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("review", ReviewCommand.class);
        COMMANDS.put("policy", PolicyCommand.class);
        COMMANDS.put("rules", RulesCommand.class);
        COMMANDS.put("schedule", ScheduleCommand.class);
        COMMANDS.put("serve", ServeCommand.class);
        COMMANDS.put("spread", SpreadCommand.class);
        COMMANDS.put("completion", CompletionCommand.class);
        COMMANDS.put("help", HelpCommand.class);
    }

    private Main() {}

    public static void main(String[] args) {
        String command = System.getProperty(COMMAND_PROPERTY);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.exit(run(out, err, args.length == 0 && command != null ? command.split(" ") : args));
    }

    static int run(OutputStream out, PrintWriter err, String... args) {
        // As kubectl, whatever the locale: reports are read by programs.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        StandardOutput output = new StandardOutput(out);
        PrintWriter writer = new PrintWriter(output, true, StandardCharsets.UTF_8);
        int exitCode;
        try {
            exitCode = commandLine(args).setOut(writer).setErr(err).execute(args);
        } catch (Error e) { // of the machine: no verdict, as the exit code of the virtual machine would be
            err.println("penstock: cannot go on: " + e);
            if (e instanceof LinkageError || e instanceof AssertionError) {
                e.printStackTrace(err); // of our own
            }
            return ExitCode.NO_VERDICT;
        }
        writer.flush();
        Optional<String> problem = output.problem();
        problem.ifPresent(why -> err.println("penstock: standard output cannot be written: " + why));
        return problem.isPresent() ? ExitCode.NO_VERDICT : exitCode;
    }

    /** With the command alone that the arguments begin with, if they do: to read all of them takes a sixteenth of a start. */
    static CommandLine commandLine(String... args) {
        CommandLine penstock = new CommandLine(new PenstockCommand());
        Class<?> wanted = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (wanted == null || wanted == HelpCommand.class) {
            COMMANDS.forEach(penstock::addSubcommand);
        } else {
            penstock.addSubcommand(args[0], wanted);
        }
        return penstock.setExpandAtFiles(false) // @daily is a schedule
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::failed);
    }

    /** What is wrong, and no page of help that would hide it. */
    private static int misused(ParameterException given, String[] args) {
        CommandLine command = given.getCommandLine();
        List<String> unknown = command.getUnmatchedArguments();
        // What is missing may be what is misspelt.
        ParameterException misuse = given instanceof MissingParameterException && !unknown.isEmpty()
                ? new UnmatchedArgumentException(command, unknown)
                : given;
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
            TerminalText.println(command.getErr(), "penstock: " + failure.getMessage());
            return ExitCode.NO_VERDICT;
        }
        throw failure;
    }
}
