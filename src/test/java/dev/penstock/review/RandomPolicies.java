package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Documents;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelineDefaults;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Makes up policies and the defaults of a team, whose defaults speak of what {@link RandomManifests} holds. The same seed gives the same policies. */
final class RandomPolicies {
    private final RandomManifests random;
    private final Consumer<ObjectNode> mend;

    RandomPolicies(long seed) {
        this(seed, document -> {});
    }

    /** @param mend gets each document, before it is read */
    RandomPolicies(long seed, Consumer<ObjectNode> mend) {
        this.random = new RandomManifests(seed, 0);
        this.mend = mend;
    }

    /** Up to three policies, and now and then defaults of the namespace {@code ml}, all with names of their own. */
    List<PolicyDocument> next() throws InvalidPolicyException {
        List<PolicyDocument> documents = new ArrayList<>();
        int policies = 1 + random.choice(3);
        for (int i = 0; i < policies; i++) {
            documents.add(policy(String.valueOf((char) ('a' + i))));
        }
        if (random.coin()) {
            documents.add(teamDefaults());
        }
        return documents;
    }

    private PipelineDefaults teamDefaults() throws InvalidPolicyException {
        ObjectNode document = Yaml.object("""
                apiVersion: penstock.dev/v1alpha1
                kind: PipelineDefaults
                metadata: {name: team, namespace: ml}
                spec: {task: own, image: {tag: %s}}
                """.formatted(random.oneOf("''", "team")));
        document.withObject("/spec").set("defaults", defaults());
        mend.accept(document);
        return (PipelineDefaults) read(document);
    }

    private PipelinePolicy policy(String name) throws InvalidPolicyException {
        ObjectNode document = Yaml.object("""
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: %s}
                spec:
                  priority: %s
                  containerName: %s
                  task: score
                  arguments: %s
                  image: {tag: %s, mutableTags: %s}
                  rules: {imageTag: {action: %s}}
                """.formatted(
                        name,
                        random.choice(3) - 1,
                        random.oneOf("ml-pipeline-container", "main", "requests"),
                        random.oneOf("[]", "['--task', '${task}', '$(X)']", "['${namespace}/${name}', '$${x}']"),
                        random.oneOf("''", "v1", "stable", "latest"),
                        random.oneOf("[]", "[stable]"),
                        random.oneOf("Deny", "Warn", "Ignore")));
        document.withObject("/spec").set("defaults", defaults());
        mend.accept(document);
        return (PipelinePolicy) read(document);
    }

    private ObjectNode defaults() {
        ObjectNode defaults = random.next();
        // Without these two most manifests would be denied, and little else seen.
        defaults.withObject("/spec").put("schedule", random.oneOf("0 1 * * *", "H 3 * * *", "@hourly"));
        ObjectNode podSpec = defaults.withObject("/spec/jobTemplate/spec/template/spec");
        podSpec.put("restartPolicy", random.oneOf("OnFailure", "Never"));
        for (JsonNode list : podSpec.findValues("containers")) {
            list.forEach(container -> everyOrComplete((ObjectNode) container));
        }
        onlyOneForEvery(podSpec);
        podSpec.remove("initContainers");
        return defaults;
    }

    /** The document without what only another version could know, which a manifest may have and a policy not. */
    private static PolicyDocument read(ObjectNode document) throws InvalidPolicyException {
        try {
            return Documents.read(document);
        } catch (InvalidPolicyException e) {
            if (!e.problems().stream().allMatch(RandomPolicies::isOfAnotherVersion)) {
                throw e;
            }
            e.problems().forEach(problem -> remove(document, problem.path()));
            return Documents.read(document);
        }
    }

    private static boolean isOfAnotherVersion(PolicyProblem problem) {
        return problem.message().startsWith("no field of ") || problem.message().startsWith("must be a quantity");
    }

    private static void remove(ObjectNode document, String path) {
        String pointer = "/" + path.replaceAll("\\[(\\d+)]", ".$1").replace('.', '/');
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, last))).remove(pointer.substring(last + 1));
    }

    private static void onlyOneForEvery(ObjectNode podSpec) {
        Set<String> names = new HashSet<>();
        for (Iterator<JsonNode> all = podSpec.path("containers").elements(); all.hasNext(); ) {
            if (!names.add(all.next().path("name").asText())) {
                all.remove();
            }
        }
    }

    /** A container of a policy stands for every one, or it runs as it is. */
    private void everyOrComplete(ObjectNode container) {
        // A policy that speaks of the pull policy contradicts the one that follows from the image.
        container.remove("imagePullPolicy");
        // Only a policy is asked whether a container may be called so.
        container.put("name", container.path("name").asText().toLowerCase(Locale.ROOT));
        if (random.coin()) {
            container.put("name", "*").remove("image");
        } else if (container.path("image").asText("").isEmpty()) {
            container.put("image", "app:1");
        }
        // What it appends asks for no more than it may have.
        if (container.path("resources") instanceof ObjectNode resources) {
            resources.remove(random.oneOf("requests", "limits"));
        }
    }
}
