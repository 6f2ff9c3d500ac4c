package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;

/** What the API server fills in where a CronJob leaves a field out: SetDefaults_* of batch/v1 and core/v1. */
final class ServerDefaults {
    private static final Map<String, JsonNode> OF_THE_SPEC = Map.of(
            "concurrencyPolicy", TextNode.valueOf("Allow"),
            "suspend", BooleanNode.FALSE,
            "successfulJobsHistoryLimit", IntNode.valueOf(3),
            "failedJobsHistoryLimit", IntNode.valueOf(1));
    private static final Map<String, JsonNode> OF_THE_POD = Map.of(
            "restartPolicy", TextNode.valueOf("Always"),
            "terminationGracePeriodSeconds", IntNode.valueOf(30),
            "dnsPolicy", TextNode.valueOf("ClusterFirst"),
            "schedulerName", TextNode.valueOf("default-scheduler"));
    private static final Map<String, JsonNode> OF_A_CONTAINER = Map.of(
            "terminationMessagePath", TextNode.valueOf("/dev/termination-log"),
            "terminationMessagePolicy", TextNode.valueOf("File"));
    private static final Map<String, JsonNode> OF_A_PROBE = Map.of(
            "timeoutSeconds", IntNode.valueOf(1),
            "periodSeconds", IntNode.valueOf(10),
            "successThreshold", IntNode.valueOf(1),
            "failureThreshold", IntNode.valueOf(3));

    private ServerDefaults() {}

    /** The default of the field; a missing node where it has none, or one that depends on other fields. */
    static JsonNode of(FieldPath path) {
        FieldPath holder = path.parent().orElse(FieldPath.ROOT);
        Map<String, JsonNode> defaults = switch (holder.name()) {
            case "spec" -> isPodSpec(holder) ? OF_THE_POD : OF_THE_SPEC;
            case "livenessProbe", "readinessProbe", "startupProbe" -> OF_A_PROBE;
            default -> isContainer(holder) ? OF_A_CONTAINER : Map.of();
        };
        return defaults.getOrDefault(path.name(), MissingNode.getInstance());
    }

    /**
     * Whether the field holds what no author of a CronJob can mean: the empty schedule, which typed clients send, and the
     * restart policy that is filled in though it is invalid for Jobs.
     */
    static boolean isNoDecision(Field field) {
        return switch (field.path().name()) {
            case "schedule" -> field.value().asText().isEmpty();
            case "restartPolicy" ->
                isPodSpec(field.path().parent().orElse(FieldPath.ROOT))
                        && field.value().asText().equals("Always");
            default -> false;
        };
    }

    private static boolean isPodSpec(FieldPath path) {
        return path.parent().filter(holder -> holder.name().equals("template")).isPresent();
    }

    private static boolean isContainer(FieldPath path) {
        Optional<String> list = path.parent().map(FieldPath::name);
        return path.isElement()
                && (list.equals(Optional.of("containers")) || list.equals(Optional.of("initContainers")));
    }
}
