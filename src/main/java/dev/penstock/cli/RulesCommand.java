package dev.penstock.cli;

import dev.penstock.rules.Rules;
import dev.penstock.text.EditDistance;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = "Lists the rules, or tells all of one: what it looks at, why, what a policy can set.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeOnExecutionException = ExitCode.NO_VERDICT,
        footer = {
            "",
            "Examples:",
            "  penstock rules",
            "  penstock rules imageTag",
        })
final class RulesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", arity = "0..1", description = "The rule, as findings name it.")
    private @Nullable String id;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (id == null) {
            Rules.ids()
                    .forEach(rule -> Paragraph.write(
                            out, "", rule + ": " + RuleText.of(rule).summary()));
        } else if (Rules.ids().contains(id)) {
            out.println("## " + id + "\n\n" + RuleText.of(id).text());
        } else {
            throw new ParameterException(
                    spec.commandLine(), "There is no rule " + id + EditDistance.hint(id, Rules.ids()));
        }
        out.flush();
        return ExitCode.OK;
    }
}
