package dev.penstock.cli;

import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyFiles;
import dev.penstock.review.Reviewer;
import dev.penstock.rules.Rules;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            names = "--namespace-label",
            paramLabel = "KEY=VALUE",
            description = "A label that every namespace has, beside that of its name. Repeatable.")
    private Map<String, String> namespaceLabels = Map.of();

    @Option(
            names = "--now",
            paramLabel = "DATE",
            description = "The day of the review, such as 2027-03-31, for exemptions that expire and for runs.")
    private @Nullable String now;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private @Nullable Instant moment;

    /** The reviewer by these policies. */
    Reviewer reviewer() {
        try {
            return Reviewer.of(documents(), this::labels);
        } catch (InvalidPolicyException e) {
            throw new ParameterException(
                    spec.commandLine(), "--policy: " + policy + " cannot be used:\n" + e.getMessage());
        }
    }

    private List<PolicyDocument> documents() throws InvalidPolicyException {
        if (policy == null) {
            return List.of();
        }
        return PolicyFiles.read(policy, Rules::problems).allUsable().stream()
                .map(PolicyFiles.Usable::document)
                .toList();
    }

    /** The labels of a namespace. */
    Map<String, String> labels(String namespace) {
        Map<String, String> labels = new HashMap<>(NamespaceLabels.OF_THE_NAME.of(namespace));
        labels.putAll(namespaceLabels);
        return labels;
    }

    /** The time of all that the command reviews: the beginning of the day, or when it was first asked for. */
    Instant now() {
        if (moment == null) {
            moment = now == null ? Instant.now() : beginning(now);
        }
        return moment;
    }

    private Instant beginning(String day) {
        try {
            return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new ParameterException(spec.commandLine(), "--now: must be a date such as 2027-03-31");
        }
    }
}
