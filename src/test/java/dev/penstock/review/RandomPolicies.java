package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelinePolicy;

/** Makes up policies whose defaults speak of what {@link RandomManifests} holds. The same seed gives the same policies. */
final class RandomPolicies {
    private final RandomManifests random;

    RandomPolicies(long seed) {
        random = new RandomManifests(seed, 0);
    }

    PipelinePolicy next() throws InvalidPolicyException {
        ObjectNode document = Yaml.object("""
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: random}
                spec:
                  containerName: %s
                  task: score
                  arguments: %s
                  image: {tag: %s, mutableTags: %s}
                  rules: {imageTag: {action: %s}}
                """.formatted(
                        random.oneOf("ml-pipeline-container", "main", "requests"),
                        random.oneOf("[]", "['--task', '${task}', '$(X)']", "['${namespace}/${name}', '$${x}']"),
                        random.oneOf("''", "v1", "stable", "latest"),
                        random.oneOf("[]", "[stable]"),
                        random.oneOf("Deny", "Warn", "Ignore")));
        document.withObject("/spec").set("defaults", defaults());
        return PipelinePolicy.read(document);
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
        podSpec.remove("initContainers");
        return defaults;
    }

    /** A container of a policy stands for every one, or it runs as it is. */
    private void everyOrComplete(ObjectNode container) {
        // A policy that speaks of the pull policy contradicts the one that follows from the image.
        container.remove("imagePullPolicy");
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
