package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Reason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A document of {@code penstock.dev/v1alpha1}: what somebody decides about pipelines. */
public sealed interface PolicyDocument permits PipelinePolicy, PipelineDefaults {
    /** How many values one may have: anyone who writes one takes memory of all replicas, many times what large ones need. */
    int MOST_VALUES = 20_000;

    DocumentId id();

    /** Where a value comes from that it fills in. */
    Reason reason();

    /**
     * Whether it applies to a namespace.
     *
     * @param labels of the namespace
     */
    boolean selects(String namespace, Map<String, String> labels);

    /** What it says of every pipeline. */
    Layer general();

    /** What it says of pipelines that choose a profile, by the profile's name. */
    Map<String, Layer> profiles();

    /** What of it does nothing at that time; nothing where all is well. */
    default List<PolicyProblem> idle(Instant now) {
        return List.of();
    }

    /** What it says where this profile is chosen, the first word first; one that it does not name adds nothing. */
    default List<Layer> layers(String profile) {
        Layer own = profiles().get(profile);
        return own == null ? List.of(general()) : List.of(own, general());
    }

    /**
     * Reads a document strictly, which is to be in force beside others and above the built-in policy.
     *
     * @param check what else is wrong with it; nothing where all is well
     * @throws InvalidPolicyException with everything that is wrong with it, if anything is
     */
    static PolicyDocument read(JsonNode node, Function<PolicyDocument, List<PolicyProblem>> check)
            throws InvalidPolicyException {
        if (hasMoreValues(node, MOST_VALUES)) {
            throw new InvalidPolicyException(
                    List.of(new PolicyProblem("spec", "has more than " + MOST_VALUES + " values")));
        }
        Set<PolicyProblem> problems = new LinkedHashSet<>(); // what two look at is wrong once
        List<PolicyProblem> own = new ArrayList<>();
        PolicyDocument document = read(node, own);
        problems.addAll(own);
        problems.addAll(check.apply(document));
        if (document.id().equals(PolicyFile.builtIn().id())) {
            problems.add(new PolicyProblem("metadata.name", "is that of the policy below all others: choose another"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(List.copyOf(problems));
        }
        return document;
    }

    private static boolean hasMoreValues(JsonNode node, int most) {
        Deque<JsonNode> open = new ArrayDeque<>(List.of(node));
        int values = 0;
        while (!open.isEmpty() && values <= most) {
            JsonNode next = open.pop();
            values += next.size();
            next.forEach(open::push);
        }
        return values > most;
    }

    private static PolicyDocument read(JsonNode document, List<PolicyProblem> problems) throws InvalidPolicyException {
        return switch (document.path("kind").asText("")) {
            case PipelinePolicy.KIND -> PipelinePolicy.read(document, problems);
            case PipelineDefaults.KIND -> PipelineDefaults.read(document, problems);
            default ->
                throw new InvalidPolicyException(List.of(
                        new PolicyProblem("kind", "must be " + PipelinePolicy.KIND + " or " + PipelineDefaults.KIND)));
        };
    }
}
