package dev.penstock.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.Action;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        description = "Reviews manifests as the webhook would, without a cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeOnExecutionException = ExitCode.NO_VERDICT,
        footer = {
            "",
            "Exit codes: 0 all allowed, 1 something is denied, 2 something could not be read.",
            "",
            "Examples:",
            "  penstock review -f churn.yaml --policy policies/",
            "  kustomize build . | penstock review -f - -o json",
        })
final class ReviewCommand implements Callable<Integer> {
    /** What is written. */
    enum Format {
        text,
        yaml,
        json,
        sarif,
        junit,
        github
    }

    /** From what on it fails. */
    enum FailOn {
        deny,
        warn;

        boolean includes(Action action) {
            return action == Action.DENY || (this == warn && action == Action.WARN);
        }
    }

    @Mixin
    private final ManifestInput manifests = new ManifestInput();

    @Mixin
    private final PolicyInput policies = new PolicyInput();

    @Option(
            names = "--old",
            paramLabel = "FILE|DIR",
            description = "The manifests that they replace: what these broke already is no more than a warning.")
    private @Nullable String old;

    @Option(
            names = "--fail-on",
            defaultValue = "deny",
            paramLabel = "deny|warn",
            description = "From what on the exit code is 1 (default: ${DEFAULT-VALUE}).")
    private FailOn failOn = FailOn.deny;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|yaml|json|sarif|junit|github",
            description =
                    "Findings for people; the manifests as they would be stored; all for programs; or findings for"
                            + " code scanning, test reports and GitHub Actions (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Option(names = "--diff", description = "With -o yaml: what is filled in, as a unified diff against the manifest.")
    private boolean diff;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "Where the report goes, in UTF-8, instead of standard output.")
    private @Nullable Path outputFile;

    @Option(
            names = "--color",
            defaultValue = "auto",
            paramLabel = "auto|always|never",
            description = "Whether the text has colours (default: ${DEFAULT-VALUE}: on a terminal, without NO_COLOR).")
    private Paint.When color = Paint.When.auto;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (diff && format != Format.yaml) {
            throw new ParameterException(spec.commandLine(), "--diff: is for -o yaml");
        }
        if (outputFile != null && outputFile.toString().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--output-file: is empty");
        }
        manifests.mustBeFiles(old);
        List<Reviewed> pipelines = new ArrayList<>();
        try (Progress progress = Progress.on(spec.commandLine().getErr())) {
            manifests.review(policies, replaced(progress), progress, pipelines::add);
        }
        ReviewReport report = new ReviewReport(pipelines, manifests.passedOver(), manifests.errors());
        manifests.writeErrors();
        if (format == Format.yaml) {
            writeWhatIsLeftOut(report, spec.commandLine().getErr());
        }
        if (outputFile == null) {
            PrintWriter out = spec.commandLine().getOut();
            write(report, out, Paint.of(color));
            out.flush();
        } else if (!writeFile(report, outputFile)) {
            return ExitCode.NO_VERDICT;
        }
        boolean fails = report.denied() > 0 || (failOn == FailOn.warn && report.warned() > 0);
        return manifests.errors().isEmpty() ? (fails ? ExitCode.DENIED : ExitCode.OK) : ExitCode.NO_VERDICT;
    }

    /** What is replaced, by namespace and name. */
    private Map<String, ObjectNode> replaced(Progress progress) {
        Map<String, ObjectNode> replaced = new HashMap<>();
        if (old != null) {
            manifests.read(old, progress, manifest -> {
                if (ManifestInput.isCronJob(manifest.object())) {
                    replaced.put(manifests.id(manifest.object(), policies), manifest.object());
                }
            });
        }
        return replaced;
    }

    /** Says the summary, or why the file cannot be written; the latter is false. */
    private boolean writeFile(ReviewReport report, Path file) {
        StringWriter text = new StringWriter();
        Paint paint = Paint.of(color == Paint.When.auto ? Paint.When.never : color); // a file is no terminal
        write(report, new PrintWriter(text), paint);
        Optional<String> problem = OutputFile.write(file, text.toString());
        PrintWriter err = spec.commandLine().getErr();
        err.println(problem.map(why -> "penstock: --output-file: " + file + " cannot be written: " + why)
                .orElse(report.summary()));
        err.flush();
        return problem.isEmpty();
    }

    /** Why manifests are missing from those that are written, which goes where those do not. */
    private void writeWhatIsLeftOut(ReviewReport report, PrintWriter err) {
        new TextReport(report, err, policies.now(), Paint.PLAIN).writeDenied();
        err.flush();
    }

    private void write(ReviewReport report, PrintWriter out, Paint paint) {
        switch (format) {
            case text -> new TextReport(report, out, policies.now(), paint).write();
            case json -> JsonReport.write(report, out);
            case yaml -> new YamlReport(out, diff).write(report);
            case sarif -> SarifReport.write(report, out);
            case junit -> new JunitReport(out, failOn).write(report);
            case github -> new GithubReport(out).write(report);
        }
    }
}
