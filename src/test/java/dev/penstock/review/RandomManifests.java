package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes up CronJobs, plausible and odd ones: anything may be left out, null or empty, and some of it no version of
 * Kubernetes knows. The same seed gives the same CronJobs.
 */
final class RandomManifests {
    /**
     * What they are made of. A list holds the values that a field may have. {@code EACH} makes an object the elements of a
     * list, which have different ones of these names; {@code !} behind a name is for what is seldom left out.
     */
    private static final JsonNode GRAMMAR =
            resolved("""
        metadata:
          labels: &labels {team: [a, b, ''], example.com/cost~centre: [ml], schedule: ['', x], exec: [x]}
          annotations: {example.com/owner: [a, b], example.com/purpose: ['a "quoted" one']}
        spec!:
          schedule!: [0 1 * * *, H 2 * * *, H/15 H(0-5) * * 1-5, '@daily', '']
          timeZone: [Etc/UTC, Europe/Berlin]
          concurrencyPolicy: [Allow, Forbid, Replace]
          suspend: [false, true]
          startingDeadlineSeconds: [5, 3600]
          successfulJobsHistoryLimit: [3, 1, 0]
          newInAnotherVersion: &anything
            list: [[], [1, [2, {a: null}], {b: [x]}], [[]]]
            object: [{}, {a: {b: {c: [1]}}}, {a: {d: null}}]
            value: [1, 1.5, true, x]
          jobTemplate!:
            metadata: {labels: *labels}
            spec!:
              backoffLimit: [0, 2, 6]
              activeDeadlineSeconds: [60, 14400]
              suspend: [false, true]
              podFailurePolicy: [{rules: []}]
              template!:
                metadata: {annotations: {kubectl.kubernetes.io/default-container: [main, proxy, spec, none]}}
                spec!:
                  restartPolicy!: [OnFailure, Never, Always]
                  terminationGracePeriodSeconds: [30, 60]
                  dnsPolicy: [ClusterFirst, Default]
                  nodeSelector: *labels
                  securityContext: {runAsNonRoot: [true], runAsUser: [0, 1]}
                  tolerations: [[], [{key: a}], [{key: b, operator: Exists}]]
                  imagePullSecrets: {EACH: {name: [hub, mine]}}
                  volumes: {EACH: {name: [scratch, data]}, emptyDir: [{}, {medium: Memory}], configMap: [{name: c}]}
                  newInAnotherVersion: *anything
                  initContainers: {EACH: {name: [fetch, main]}, image!: [app, 'app:1', '', 'registry:5000/app:latest']}
                  containers!:
                    EACH: {name: [main, proxy, limits, requests, spec, livenessProbe]}
                    image!: [app, registry:5000/app, 'team/app:1', 'app:latest', 'app:stable', DIGEST, '']
                    imagePullPolicy: [Always, IfNotPresent, Never]
                    args: [[], [a], [a, b]]
                    command: [[], [run]]
                    stdin: [true, false]
                    terminationMessagePolicy: [File, FallbackToLogsOnError]
                    securityContext: {privileged: [true, false]}
                    newInAnotherVersion: *anything
                    env:
                      EACH: {name: [A, B, C]}
                      value: [a, '', '5']
                      valueFrom: [{fieldRef: {fieldPath: metadata.name}}]
                    ports: {EACH: {containerPort: [80, 90]}, protocol: [TCP, UDP], name: [web]}
                    volumeMounts: {EACH: {mountPath: [/data, /tmp]}, name: [scratch, data], readOnly: [true, false]}
                    resources!:
                      requests!: &amounts
                        cpu!: [100m, 0.5, '1', 2, 1500m, lots]
                        memory: [1Gi, 1024Mi, 2G, 1073741824]
                        nvidia.com/gpu: ['1', '2']
                      limits!: *amounts
                    livenessProbe: &probe
                      exec: [{command: [x]}]
                      httpGet: {port: [80], path: [/, /health]}
                      periodSeconds: [10, 5]
                      failureThreshold: [3, 1]
                    lifecycle: {preStop: *probe}
        """.replace("DIGEST", "'app:1@sha256:" + "0123456789abcdef".repeat(4) + "'"));

    private static final JsonNode WRONG =
            Yaml.tree("[x, '', 5, -1, 1.5, 99999999999999999999, true, null, [], {}, [x], [[]], [null], {a: b}]");

    private final Random random;
    private final double odd;

    /** @param odd the share of fields that are null, and of elements that are null or have no key */
    RandomManifests(long seed, double odd) {
        this.random = new Random(seed);
        this.odd = odd;
    }

    /** Jackson reads no aliases. */
    private static JsonNode resolved(String yaml) {
        return new ObjectMapper().valueToTree(new org.yaml.snakeyaml.Yaml().load(yaml));
    }

    /** A CronJob without a name or label of a pipeline. */
    ObjectNode next() {
        return object(GRAMMAR);
    }

    private JsonNode draw(JsonNode grammar) {
        if (random.nextDouble() < odd) {
            return NullNode.getInstance();
        }
        if (grammar.isArray()) {
            return oneOf(grammar).deepCopy();
        }
        return grammar.has("EACH") ? list(grammar) : object(grammar);
    }

    private ObjectNode object(JsonNode grammar) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : grammar.properties()) {
            boolean often = member.getKey().endsWith("!");
            if (!member.getKey().equals("EACH") && random.nextDouble() < (often ? 0.95 : 0.3)) {
                object.set(member.getKey().replace("!", ""), draw(member.getValue()));
            }
        }
        return object;
    }

    private ArrayNode list(JsonNode grammar) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Map.Entry<String, JsonNode> key =
                grammar.path("EACH").properties().iterator().next();
        for (JsonNode name : key.getValue()) {
            if (random.nextDouble() < 2.0 / (key.getValue().size() + 1)) {
                ObjectNode element = random.nextDouble() < odd
                        ? object(grammar)
                        : object(grammar).setAll(named(key, name));
                list.insert(
                        random.nextInt(list.size() + 1), random.nextDouble() < odd ? NullNode.getInstance() : element);
            }
        }
        return list;
    }

    private static ObjectNode named(Map.Entry<String, JsonNode> key, JsonNode name) {
        return JsonNodeFactory.instance.objectNode().set(key.getKey(), name);
    }

    /** Puts a value of any type in the place of any field or element. */
    void breakOne(ObjectNode manifest) {
        List<Runnable> places = new ArrayList<>();
        collect(manifest, places);
        places.get(random.nextInt(places.size())).run();
    }

    private void collect(JsonNode node, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> places.add(() -> object.set(name, wrong())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, wrong()));
            }
        }
        node.forEach(child -> collect(child, places));
    }

    private JsonNode wrong() {
        return oneOf(WRONG).deepCopy();
    }

    boolean coin() {
        return random.nextBoolean();
    }

    int choice(int bound) {
        return random.nextInt(bound);
    }

    String oneOf(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private JsonNode oneOf(JsonNode list) {
        return list.get(random.nextInt(list.size()));
    }
}
