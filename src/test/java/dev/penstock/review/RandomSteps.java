package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.InvalidPolicyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes up what happens to a pipeline. The same seed gives the same steps. */
final class RandomSteps {
    private static final String POD = "spec: {jobTemplate: {spec: {template: {spec: ";
    private static final String[] CONTAINERS = {"main", "proxy", "requests", "ml-pipeline-container", "spec", "last"};
    private static final String[] EDITS = {
        "spec: {suspend: true}",
        "spec: {suspend: false}",
        "spec: {concurrencyPolicy: Allow}",
        "spec: {concurrencyPolicy: Forbid}",
        "spec: {schedule: 5 4 * * *}",
        "spec: {schedule: H 5 * * *}",
        "spec: {successfulJobsHistoryLimit: 3}",
        "spec: {startingDeadlineSeconds: 77}",
        "spec: {jobTemplate: {spec: {backoffLimit: 2}}}",
        "spec: {jobTemplate: {spec: {podFailurePolicy: {rules: []}}}}",
        POD + "{terminationGracePeriodSeconds: 30}}}}}",
        POD + "{terminationGracePeriodSeconds: 60}}}}}",
        POD + "{dnsPolicy: ClusterFirst}}}}}",
        POD + "{restartPolicy: Never}}}}}",
        POD + "{containers: [{name: NAME, image: 'app:2'}]}}}}}",
        POD + "{containers: [{name: NAME, image: team/tool}]}}}}}",
        POD + "{containers: [{name: NAME, image: 'app:latest'}]}}}}}",
        POD + "{containers: [{name: NAME, command: [run]}]}}}}}",
        POD + "{containers: [{name: NAME, args: [z]}]}}}}}",
        POD + "{containers: [{name: NAME, imagePullPolicy: IfNotPresent}]}}}}}",
        POD + "{containers: [{name: NAME, imagePullPolicy: Always}]}}}}}",
        POD + "{containers: [{name: NAME, env: [{name: A, value: edited}]}]}}}}}",
        POD + "{containers: [{name: NAME, resources: {limits: {cpu: 700m}}}]}}}}}",
        "metadata: {labels: {team: c}}",
        "metadata: {annotations: {example.com/owner: c}}",
        "metadata: {annotations: {penstock.dev/refresh: '1'}}",
        "metadata: {annotations: {penstock.dev/image: 'other:7'}}",
        "metadata: {annotations: {penstock.dev/image: other}}",
        "metadata: {annotations: {penstock.dev/task: tidy}}",
        "metadata: {annotations: {penstock.dev/tasks: 'first, second, last'}}",
        "metadata: {annotations: {penstock.dev/tasks: 'last, second, proxy'}}",
        "metadata: {annotations: {penstock.dev/image.second: 'second:1'}}",
        "metadata: {finalizers: [example.com/x]}"
    };
    private static final String[] REMOVALS = {
        "spec: {suspend: 0}",
        "spec: {concurrencyPolicy: 0}",
        "spec: {startingDeadlineSeconds: 0}",
        "spec: {timeZone: 0}",
        "spec: {jobTemplate: {spec: {backoffLimit: 0}}}",
        "metadata: {annotations: {penstock.dev/image: 0}}",
        "metadata: {annotations: {penstock.dev/tasks: 0}}",
        POD + "{containers: [{name: NAME, command: 0}]}}}}}",
        POD + "{containers: [{name: NAME, args: 0}]}}}}}",
        POD + "{containers: [{name: NAME, env: 0}]}}}}}"
    };

    private final RandomManifests random;
    private final RandomPolicies policies;

    RandomSteps(long seed) {
        random = new RandomManifests(seed, 0);
        policies = new RandomPolicies(seed + 1, this::mend);
    }

    /** Begins with a policy. */
    List<Step> next() throws InvalidPolicyException {
        List<ObjectNode> manifests = List.of(pipeline(), pipeline());
        List<Step> steps = new ArrayList<>();
        steps.add(policy());
        int length = 2 + random.choice(7);
        while (steps.size() <= length) {
            ObjectNode manifest = thinned(manifests.get(random.choice(2)).deepCopy());
            prune(manifest);
            steps.add(
                    switch (random.choice(10)) {
                        case 0, 1 -> policy();
                        case 2 -> new Step(Step.Verb.PUT, "curl", manifest, null);
                        case 3, 4 -> new Step(Step.Verb.CLIENT_APPLY, "kubectl-client-side-apply", manifest, null);
                        case 5 -> new Step(Step.Verb.KUBECTL_APPLY, "kubectl", manifest, null);
                        case 6, 7 -> new Step(Step.Verb.SERVER_APPLY, random.oneOf("helm", "team"), manifest, null);
                        case 8 ->
                            random.choice(3) == 0
                                    ? new Step(Step.Verb.REMOVE, "kubectl-edit", edit(REMOVALS), null)
                                    : new Step(Step.Verb.EDIT, "kubectl-edit", edit(EDITS), null);
                        default -> new Step(Step.Verb.EDIT, random.oneOf("kubectl-set", "team"), edit(EDITS), null);
                    });
        }
        return steps;
    }

    private Step policy() throws InvalidPolicyException {
        return new Step(Step.Verb.POLICY, "platform", JsonNodeFactory.instance.objectNode(), policies.next());
    }

    /** Names no value which the API server drops, and calls the container that is made as all others do. */
    private void mend(ObjectNode document) {
        ObjectNode spec = document.withObject("/spec");
        if (spec.has("containerName")) {
            spec.put("containerName", "ml-pipeline-container");
        }
        ObjectNode defaults = spec.withObject("/defaults");
        valid(defaults);
        Yaml.podSpec(defaults).findParents("mountPath").forEach(mount -> ((ObjectNode) mount).remove("readOnly"));
        Yaml.podSpec(defaults).findParents("containerPort").forEach(port -> ((ObjectNode) port).remove("name"));
        spec.set("defaults", Wire.decoded(defaults));
    }

    private ObjectNode edit(String[] edits) {
        return Yaml.object("{" + random.oneOf(edits).replace("NAME", random.oneOf(CONTAINERS)) + "}");
    }

    private ObjectNode pipeline() {
        ObjectNode cronJob = random.next();
        cronJob.put("apiVersion", "batch/v1").put("kind", "CronJob");
        cronJob.withObject("/metadata")
                .put("name", "churn")
                .put("namespace", "ml")
                .withObject("/labels")
                .put("penstock.dev/pipeline", "default");
        if (random.coin()) {
            cronJob.withObject("/metadata/annotations")
                    .put(
                            "penstock.dev/image",
                            random.oneOf("made:1", "made", "registry:5000/made:stable", "made:latest"));
            if (random.coin()) {
                cronJob.withObject("/metadata/annotations")
                        .put(
                                "penstock.dev/tasks",
                                random.oneOf("last", "first, second, last", "last, first", "second, one"));
            }
            if (random.coin()) {
                if (Yaml.podSpec(cronJob) instanceof ObjectNode podSpec) {
                    podSpec.remove("containers");
                }
            }
        }
        valid(cronJob);
        return cronJob;
    }

    /** Without what the API server would refuse or drop. */
    private void valid(JsonNode node) {
        node.forEach(this::valid);
        if (node instanceof ObjectNode object) {
            object.remove(List.of("newInAnotherVersion", "nodeSelector"));
            oneOf(object, "value", "valueFrom");
            oneOf(object, "emptyDir", "configMap");
            oneOf(object, "exec", "httpGet");
            if (object.path("preStop") instanceof ObjectNode handler) {
                handler.retain("exec", "httpGet");
            }
            if (object.path("image").asText("x").isEmpty()) {
                object.remove("image");
            }
            for (String list : new String[] {"args", "command"}) {
                if (object.path(list).isArray() && object.path(list).isEmpty()) {
                    object.remove(list);
                }
            }
            JsonNode hook = object.path("preStop");
            if (hook.isObject() && !hook.has("exec") && !hook.path("httpGet").has("port")) {
                object.remove("preStop");
            }
            if (object.has("mountPath") && !object.has("name")) {
                object.put("name", "scratch");
            }
            JsonNode probe = object.path("livenessProbe");
            if (probe.isObject() && !probe.has("exec") && !probe.path("httpGet").has("port")) {
                object.remove("livenessProbe");
            }
            if (object.path("cpu").asText().equals("lots")) {
                object.put("cpu", "3");
            }
        }
        for (JsonNode volume : node.path("volumes")) {
            if (volume.size() == 1) {
                ((ObjectNode) volume).putObject("emptyDir");
            }
        }
        if (node.path("ports") instanceof ArrayNode ports) {
            ports.forEach(port -> ((ObjectNode) port).remove("protocol"));
        }
    }

    /** An author writes no empty object or list, save where it means something. */
    private static void prune(JsonNode node) {
        node.forEach(RandomSteps::prune);
        if (node instanceof ObjectNode object) {
            object.properties()
                    .removeIf(member -> member.getValue().isContainerNode()
                            && member.getValue().isEmpty()
                            && !Set.of("emptyDir", "rules", "spec").contains(member.getKey()));
        }
    }

    private void oneOf(ObjectNode object, String one, String other) {
        if (object.has(one) && object.has(other)) {
            object.remove(random.oneOf(one, other));
        }
    }

    /** Without one or two of its fields. */
    private ObjectNode thinned(ObjectNode manifest) {
        for (int i = random.choice(3); i > 0; i--) {
            List<List<String>> paths = new ArrayList<>(Keyed.paths(manifest, true));
            List<String> path = paths.get(random.choice(paths.size()));
            String last = path.get(path.size() - 1);
            if (path.size() > 2
                    && !last.startsWith("f:penstock.dev/pipe")
                    && !last.matches("f:(name|mountPath|containerPort|labels)")
                    && !path.contains("f:volumes")
                    && !(path.get(0).equals("f:metadata") && path.size() == 2)) {
                Keyed.remove(manifest, path);
            }
        }
        return manifest;
    }
}
