package dev.penstock.review;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.MergeKeys;
import dev.penstock.manifest.Yaml;
import java.util.Map;
import java.util.Optional;

/** What the API server does to a manifest before it asks a webhook, as far as tests need it. */
final class ApiServer {
    private static final JsonNode OF_THE_SPEC = Yaml.tree("{schedule: '', concurrencyPolicy: Allow, suspend: false,"
            + " successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1}");
    private static final JsonNode OF_THE_POD = Yaml.tree("{restartPolicy: Always, terminationGracePeriodSeconds: 30,"
            + " dnsPolicy: ClusterFirst, schedulerName: default-scheduler, securityContext: {}, containers: null}");
    private static final JsonNode OF_A_CONTAINER = Yaml.tree("{name: '', resources: {},"
            + " terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File}");
    private static final JsonNode OF_A_PROBE =
            Yaml.tree("{timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3}");
    private static final JsonNode OF_AN_HTTP_GET = Yaml.tree("{path: /, scheme: HTTP}");
    private static final JsonNode OF_A_FIELD_REF = Yaml.tree("{apiVersion: v1}");
    private static final JsonNode OF_A_PORT = Yaml.tree("{protocol: TCP}");
    private static final JsonNode OF_A_CONFIG_MAP = Yaml.tree("{defaultMode: 420}");

    private ApiServer() {}

    /** The manifest with the server's defaults: SetDefaults_* of batch/v1 and core/v1. */
    static ObjectNode filled(ObjectNode manifest) {
        ObjectNode cronJob = manifest.deepCopy();
        fill(cronJob.withObject("/spec"), OF_THE_SPEC);
        ObjectNode podSpec =
                object(object(object(object(cronJob.withObject("/spec"), "jobTemplate"), "spec"), "template"), "spec");
        fill(podSpec, OF_THE_POD);
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode element : podSpec.path(list)) {
                if (element instanceof ObjectNode container) {
                    fill(container, OF_A_CONTAINER);
                    fill(container, pullPolicy(container.path("image").asText("")));
                    if (container.path("livenessProbe") instanceof ObjectNode probe) {
                        fill(probe, OF_A_PROBE);
                    }
                    fillAll(container.findValues("httpGet"), OF_AN_HTTP_GET);
                    fillAll(container.findValues("fieldRef"), OF_A_FIELD_REF);
                    fillAll(container.path("ports"), OF_A_PORT);
                }
            }
        }
        podSpec.path("volumes").forEach(ApiServer::fillVolume);
        podSpec.path("volumes").forEach(volume -> fillAll(volume.findValues("configMap"), OF_A_CONFIG_MAP));
        return cronJob;
    }

    private static void fillVolume(JsonNode volume) {
        if (volume instanceof ObjectNode object && object.size() == 1 && object.has("name")) {
            object.putObject("emptyDir");
        }
    }

    private static void fillAll(Iterable<JsonNode> objects, JsonNode defaults) {
        for (JsonNode object : objects) {
            if (object.isObject()) {
                fill((ObjectNode) object, defaults);
            }
        }
    }

    /** Whether the field holds what would be filled in if it were left out. */
    static boolean isDefault(ObjectNode manifest, JsonPointer field) {
        ObjectNode without = manifest.deepCopy();
        if (without.at(field.head()) instanceof ObjectNode holder) {
            holder.remove(field.last().getMatchingProperty());
        }
        return filled(without).at(field).equals(manifest.at(field));
    }

    /** The manifest as it comes by client-side apply. */
    static ObjectNode appliedByClient(ObjectNode manifest) {
        ObjectNode cronJob = filled(manifest);
        object(object(cronJob, "metadata"), "annotations")
                .put("kubectl.kubernetes.io/last-applied-configuration", manifest.toString());
        return cronJob;
    }

    /** The manifest as it comes by server-side apply. */
    static ObjectNode appliedByServer(ObjectNode manifest) {
        ObjectNode cronJob = filled(manifest);
        object(cronJob, "metadata")
                .putArray("managedFields")
                .addObject()
                .put("operation", "Apply")
                .set("fieldsV1", fields("", manifest));
        return cronJob;
    }

    private static ObjectNode fields(String name, JsonNode value) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        value.properties()
                .forEach(member -> fields.set("f:" + member.getKey(), fields(member.getKey(), member.getValue())));
        String key = MergeKeys.of(name).orElse("");
        for (JsonNode element : value.isArray() ? value : fields.arrayNode()) {
            if (element.has(key)) {
                JsonNode id = fields.objectNode().set(key, element.path(key));
                fields.set("k:" + id, listed(fields("", element)));
            }
        }
        return fields;
    }

    private static ObjectNode listed(ObjectNode fields) {
        fields.putObject(".");
        return fields;
    }

    private static JsonNode pullPolicy(String image) {
        boolean latest = ImageReference.parse(image)
                .filter(reference -> reference.isUntagged() || reference.tag().equals(Optional.of("latest")))
                .isPresent();
        return JsonNodeFactory.instance.objectNode().put("imagePullPolicy", latest ? "Always" : "IfNotPresent");
    }

    private static ObjectNode object(ObjectNode holder, String name) {
        return holder.path(name) instanceof ObjectNode object ? object : holder.putObject(name);
    }

    private static void fill(ObjectNode object, JsonNode defaults) {
        for (Map.Entry<String, JsonNode> member : defaults.properties()) {
            if (object.path(member.getKey()).isMissingNode()
                    || object.path(member.getKey()).isNull()) {
                object.set(member.getKey(), member.getValue().deepCopy());
            }
        }
    }
}
