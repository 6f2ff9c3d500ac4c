package dev.penstock.cli;

import dev.penstock.policy.PolicyFiles;
import dev.penstock.rules.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description =
                "Tells whether PipelinePolicy and PipelineDefaults documents can be used, and what is wrong with them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeOnExecutionException = ExitCode.NO_VERDICT,
        footer = {
            "",
            "Exit codes: 0 all can be used, 2 something is wrong.",
            "",
            "Example:",
            "  penstock policy check policies/",
        })
final class PolicyCheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "YAML files, or folders of them.")
    private List<Path> paths = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        paths.forEach(this::mustHoldFiles);
        Instant now = Instant.now();
        PolicyFiles files = PolicyFiles.read(paths, Rules::problems, document -> document.idle(now));
        PrintWriter out = spec.commandLine().getOut();
        files.usable()
                .forEach(one -> TerminalText.println(
                        out, one.file() + ": " + one.document().id() + " can be used"));
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        for (PolicyFiles.Usable one : files.usable()) {
            for (PolicyFiles.Placed idle : one.idle()) {
                String place = idle.place().in(one.file().toString());
                TerminalText.println(err, place + ": warning: " + one.document().id() + ": " + idle.problem());
            }
        }
        files.unusable().stream()
                .flatMap(one -> one.located().stream())
                .forEach(problem -> TerminalText.println(err, problem.toString()));
        err.flush();
        return files.unusable().isEmpty() ? ExitCode.OK : ExitCode.NO_VERDICT;
    }

    private void mustHoldFiles(Path path) {
        ManifestInput.mustBeNamed(path.toString(), spec);
        try {
            if (PolicyFiles.in(path).isEmpty()) {
                throw new ParameterException(spec.commandLine(), "no file in " + path + " ends in .yaml or .yml");
            }
        } catch (IOException e) {
            return; // who reads it says why it cannot be read
        }
    }
}
