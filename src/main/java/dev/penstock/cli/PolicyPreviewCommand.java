package dev.penstock.cli;

import dev.penstock.policy.PolicyDocument;
import dev.penstock.review.PolicyPreview;
import dev.penstock.review.Reviewer;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "preview",
        description =
                "Tells what new policies (--policy) would change for pipelines that are there: those of files, or of a"
                        + " cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeOnExecutionException = ExitCode.NO_VERDICT,
        footer = {
            "",
            "Exit codes: 0 nothing is newly denied, 1 something is, 2 something could not be read.",
            "",
            "Examples:",
            "  penstock policy preview --policy new.yaml --from-cluster",
            "  penstock policy preview --policy new.yaml --in-force policies/ -f pipelines/",
        })
final class PolicyPreviewCommand implements Callable<Integer> {
    @Mixin
    private final ManifestInput manifests = new ManifestInput();

    @Mixin
    private final PolicyInput policies = new PolicyInput();

    @Option(
            names = "--in-force",
            paramLabel = "FILE|DIR",
            description = "The policies of now, where they are not the cluster's. Left out: the built-in policy alone."
                    + " A folder of --policy takes the place of a folder, so that what is no longer in it is gone; else"
                    + " --policy adds to them, or replaces one of the same name.")
    private @Nullable Path inForce;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        manifests.mustBeFiles(null);
        PolicyPreview preview;
        try (Progress progress = Progress.on(spec.commandLine().getErr())) {
            preview = preview(progress);
        }
        manifests.writeErrors();
        PrintWriter out = spec.commandLine().getOut();
        preview.lines().forEach(line -> TerminalText.println(out, line));
        out.flush();
        return manifests.errors().isEmpty()
                ? (preview.denied() > 0 ? ExitCode.DENIED : ExitCode.OK)
                : ExitCode.NO_VERDICT;
    }

    private PolicyPreview preview(Progress progress) {
        List<PolicyDocument> changed = policies.ofFiles();
        if (changed.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--policy=FILE|DIR'");
        }
        List<PolicyDocument> ofFiles = inForce == null ? List.of() : policies.read("--in-force", inForce);
        List<PolicyDocument> now = PolicyInput.over(policies.ofCluster(), ofFiles);
        List<PolicyDocument> stay = new ArrayList<>(now);
        if (inForce != null && Files.isDirectory(inForce) && policies.isOfAFolder()) {
            stay.removeAll(ofFiles);
        }
        List<PolicyDocument> then = PolicyInput.over(stay, changed);
        List<PolicyDocument> involved = new ArrayList<>(changed);
        now.stream().filter(one -> !then.contains(one)).forEach(involved::add);
        Reviewer before = policies.reviewer(now);
        Reviewer after = policies.reviewer(then);
        PolicyPreview preview = new PolicyPreview(before, after, policies.now());
        manifests.forEach(policies, Map.of(), progress, pipeline -> {
            String namespace = pipeline.namespace();
            if (isUnder(involved, namespace)) {
                Reviewed becomes = pipeline.review(after, policies.now());
                if (becomes.broken().isPresent()) {
                    manifests.broken(becomes, becomes.broken().get());
                    return;
                }
                preview.add(
                        namespace,
                        becomes.name(),
                        isUnder(changed, namespace),
                        pipeline.review(before, policies.now()).verdict(),
                        becomes.verdict());
            }
        });
        return preview;
    }

    private boolean isUnder(List<PolicyDocument> documents, String namespace) {
        return documents.stream().anyMatch(one -> one.selects(namespace, policies.labels(namespace)));
    }
}
