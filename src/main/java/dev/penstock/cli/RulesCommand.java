package dev.penstock.cli;

import dev.penstock.cron.EditDistance;
import dev.penstock.rules.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "rules",
        description = "Lists the rules, or tells all of one: what it looks at, why, what a policy can set.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeOnExecutionException = ExitCode.USAGE,
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
        String page = page();
        PrintWriter out = spec.commandLine().getOut();
        if (id == null) {
            Rules.ids().forEach(rule -> Paragraph.write(out, "", rule + ": " + summary(section(page, rule))));
        } else if (Rules.ids().contains(id)) {
            out.print(section(page, id));
        } else {
            throw new ParameterException(
                    spec.commandLine(), "There is no rule " + id + EditDistance.hint(id, Rules.ids()));
        }
        out.flush();
        return ExitCode.OK;
    }

    /** {@code docs/rules.md}, as it was when the program was built. */
    private static String page() {
        try (InputStream in = Objects.requireNonNull(RulesCommand.class.getResourceAsStream("/rules.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From its headline to the next one. */
    private static String section(String page, String rule) {
        int start = page.indexOf("\n## " + rule + "\n") + 1;
        int end = page.indexOf("\n## ", start);
        return page.substring(start, end < 0 ? page.length() : end).strip() + "\n";
    }

    /** The first sentence behind the headline. */
    private static String summary(String section) {
        String text = section.substring(section.indexOf('\n')).strip().replaceAll("\\s+", " ");
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
