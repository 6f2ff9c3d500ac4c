package dev.penstock.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.Layer;
import dev.penstock.policy.PipelineDefaults;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Finds a smaller life that fails as another does: with fewer steps, policies and fields. */
final class Shrinking {
    // What a manifest or an element of a list cannot be without.
    private static final String NEEDED = "f:(name|namespace|mountPath|containerPort|labels|penstock.dev/pipeline)";

    /** What goes wrong; the empty text where nothing does. */
    interface Failure {
        String of(List<Step> steps) throws InvalidPolicyException;
    }

    private final Failure failure;
    private final String claim;
    private List<Step> steps;

    private Shrinking(List<Step> steps, Failure failure) throws InvalidPolicyException {
        this.failure = failure;
        this.claim = claim(failure.of(steps));
        this.steps = steps;
    }

    static List<Step> of(List<Step> steps, Failure failure) throws InvalidPolicyException {
        Shrinking shrinking = new Shrinking(steps, failure);
        for (int round = 0; round < 2; round++) { // what stands in the way at first may go later
            shrinking.shrink();
        }
        return shrinking.steps;
    }

    private static String claim(String text) {
        return text.split(" expected | wrote ", 2)[0];
    }

    private void shrink() throws InvalidPolicyException {
        for (int i = steps.size() - 1; i >= 0; i--) {
            List<Step> fewer = new ArrayList<>(steps);
            fewer.remove(i);
            if (i == 0 || !takes(fewer)) {
                shrink(i);
            }
        }
    }

    /** Goes on with this if it fails in the same way. */
    private boolean takes(List<Step> smaller) throws InvalidPolicyException {
        boolean same = claim(failure.of(smaller)).equals(claim);
        steps = same ? smaller : steps;
        return same;
    }

    private boolean takes(int i, ObjectNode manifest, List<PolicyDocument> documents) throws InvalidPolicyException {
        List<Step> smaller = new ArrayList<>(steps);
        Step step = steps.get(i);
        smaller.set(i, new Step(step.verb(), step.manager(), manifest, step.documents() == null ? null : documents));
        return takes(smaller);
    }

    private void shrink(int i) throws InvalidPolicyException {
        for (List<String> path : largestFirst(steps.get(i).manifest())) {
            takes(i, without(steps.get(i).manifest(), path), List.of());
        }
        for (int j = documents(i).size() - 1; j >= 0; j--) {
            List<PolicyDocument> fewer = new ArrayList<>(documents(i));
            fewer.remove(j);
            if (fewer.isEmpty() || !takes(i, steps.get(i).manifest(), fewer)) {
                shrink(i, j);
            }
        }
    }

    private void shrink(int i, int j) throws InvalidPolicyException {
        for (List<String> path : largestFirst(documents(i).get(j).general().defaults())) {
            List<PolicyDocument> smaller = new ArrayList<>(documents(i));
            smaller.set(j, without(smaller.get(j), path));
            takes(i, steps.get(i).manifest(), smaller);
        }
    }

    private List<PolicyDocument> documents(int i) {
        return Objects.requireNonNullElse(steps.get(i).documents(), List.of());
    }

    private static List<List<String>> largestFirst(ObjectNode tree) {
        List<List<String>> paths = new ArrayList<>(Keyed.paths(tree, true));
        paths.removeIf(path -> path.size() == 1 || path.get(path.size() - 1).matches(NEEDED));
        paths.sort(Comparator.comparing(List::size));
        return paths;
    }

    private static ObjectNode without(ObjectNode tree, List<String> path) {
        ObjectNode less = tree.deepCopy();
        Keyed.remove(less, path);
        return less;
    }

    private static PolicyDocument without(PolicyDocument document, List<String> path) {
        Layer all = document.general();
        Layer less = new Layer(
                all.containerName(),
                all.task(),
                all.arguments(),
                all.imageTag(),
                all.mutableTags(),
                without(all.defaults(), path),
                all.rules());
        if (document instanceof PipelinePolicy policy) {
            return new PipelinePolicy(
                    policy.name(),
                    policy.namespaceSelector(),
                    policy.priority(),
                    policy.enforcement(),
                    less,
                    policy.profiles(),
                    policy.exemptions());
        }
        PipelineDefaults defaults = (PipelineDefaults) document;
        return new PipelineDefaults(defaults.namespace(), defaults.name(), less, defaults.profiles());
    }
}
