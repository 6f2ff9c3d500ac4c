package dev.penstock.cli;

import dev.penstock.cluster.ClusterSnapshot;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyFiles;
import dev.penstock.review.Reviewer;
import dev.penstock.rules.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say by what a command reviews: policies, labels of namespaces, the day. */
final class PolicyInput {
    @Option(
            names = "--policy",
            paramLabel = "FILE|DIR",
            description = "PipelinePolicy and PipelineDefaults documents above the built-in policy.")
    private @Nullable Path policy;

    @Option(
            names = "--from-cluster",
            description =
                    "Also: policies, namespaces and what is replaced, as the kubeconfig's current context has them;"
                            + " nothing is written there. --policy then adds to them, or replaces one of the same name.")
    private boolean fromCluster;

    @Option(
            names = "--namespace-label",
            converter = Label.Converter.class,
            paramLabel = "KEY=VALUE",
            description = "A label that every namespace has, beside that of its name. Repeatable.")
    private List<Label> namespaceLabels = List.of();

    @Option(
            names = "--now",
            paramLabel = "DATE",
            description = "The day of the review, such as 2027-03-31, for exemptions that expire and for runs.")
    private @Nullable String now;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private @Nullable Instant moment;
    private @Nullable ClusterSnapshot cluster; // whose connections end with the program

    /** The reviewer by these policies. */
    Reviewer reviewer() {
        return reviewer(documents());
    }

    /** @param documents each of which can be used */
    Reviewer reviewer(List<PolicyDocument> documents) {
        try {
            return Reviewer.of(documents, this::labels);
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException("each policy is good, and all together are not", e);
        }
    }

    /** The policies of the cluster, where it is asked, under those of the files. */
    List<PolicyDocument> documents() {
        return over(ofCluster(), ofFiles());
    }

    /** Those above stand in the place of those of the same id below. */
    static List<PolicyDocument> over(List<PolicyDocument> below, List<PolicyDocument> above) {
        Map<DocumentId, PolicyDocument> documents = new LinkedHashMap<>();
        below.forEach(one -> documents.put(one.id(), one));
        above.forEach(one -> documents.put(one.id(), one));
        return List.copyOf(documents.values());
    }

    List<PolicyDocument> ofCluster() {
        return cluster().map(ClusterSnapshot::documents).orElse(List.of());
    }

    /** Those of {@code --policy}. */
    List<PolicyDocument> ofFiles() {
        return policy == null ? List.of() : read("--policy", policy);
    }

    /** Whether {@code --policy} is a folder. */
    boolean isOfAFolder() {
        return policy != null && Files.isDirectory(policy);
    }

    /** The policies of a file or folder, all of which must be good. */
    List<PolicyDocument> read(String option, Path path) {
        if (path.toString().isEmpty()) {
            throw new ParameterException(spec.commandLine(), option + ": is empty; . is the folder that you are in");
        }
        try {
            List<PolicyDocument> documents = PolicyFiles.read(path, Rules::problems).allUsable().stream()
                    .map(PolicyFiles.Usable::document)
                    .toList();
            if (documents.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), option + ": no file in " + path + " ends in .yaml or .yml");
            }
            return documents;
        } catch (InvalidPolicyException e) {
            throw unusable(option, path, e, spec);
        }
    }

    /** With a line for each problem, whatever the file holds. */
    static ParameterException unusable(String option, Path path, InvalidPolicyException why, CommandSpec command) {
        return new ParameterException(
                command.commandLine(),
                option + ": " + path + " cannot be used:\n"
                        + why.problems().stream()
                                .map(problem -> TerminalText.printable(problem.toString()))
                                .collect(Collectors.joining("\n")));
    }

    /** The cluster, where it is to be asked. */
    Optional<ClusterSnapshot> cluster() {
        if (fromCluster && cluster == null) {
            cluster = ClusterSnapshot.ofCurrentContext();
        }
        return Optional.ofNullable(cluster);
    }

    /** The labels of a namespace. */
    Map<String, String> labels(String namespace) {
        NamespaceLabels known = fromCluster ? cluster().orElseThrow() : NamespaceLabels.OF_THE_NAME;
        Map<String, String> labels = new HashMap<>(known.of(namespace));
        namespaceLabels.forEach(label -> labels.put(label.key(), label.value()));
        return labels;
    }

    /** The time of all that the command reviews: the beginning of the day, or when it was first asked for. */
    Instant now() {
        if (moment == null) {
            moment = Now.of(now, spec);
        }
        return moment;
    }
}
