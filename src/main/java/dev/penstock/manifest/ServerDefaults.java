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
        return defaults(path.parent().orElse(FieldPath.ROOT)).getOrDefault(path.name(), MissingNode.getInstance());
    }

    private static Map<String, JsonNode> defaults(FieldPath holder) {
        if (holder.isElement()) { // whatever it is called
            return isContainer(holder) ? OF_A_CONTAINER : Map.of();
        }
        return switch (holder.name()) {
            case "spec" -> isOfTheCronJob(holder) ? OF_THE_SPEC : isOfThePod(holder) ? OF_THE_POD : Map.of();
            case "livenessProbe", "readinessProbe", "startupProbe" -> OF_A_PROBE;
            default -> Map.of();
        };
    }

    /**
     * Whether the field holds what no author of a CronJob can mean: the empty schedule, which typed clients send, and the
     * restart policy that is filled in though it is invalid for Jobs.
     */
    static boolean isNoDecision(Field field) {
        FieldPath holder = field.path().parent().orElse(FieldPath.ROOT);
        return switch (field.path().name()) {
            case "schedule" -> isOfTheCronJob(holder) && holds(field, "");
            case "restartPolicy" -> isOfThePod(holder) && holds(field, "Always");
            default -> false;
        };
    }

    private static boolean holds(Field field, String text) {
        return field.value().isTextual() && field.value().textValue().equals(text);
    }

    private static boolean isOfTheCronJob(FieldPath spec) {
        return spec.name().equals("spec") && spec.parent().equals(Optional.of(FieldPath.ROOT));
    }

    private static boolean isOfThePod(FieldPath spec) {
        return spec.name().equals("spec") && spec.parent().map(FieldPath::name).equals(Optional.of("template"));
    }

    private static boolean isContainer(FieldPath element) {
        Optional<String> list = element.parent().map(FieldPath::name);
        return list.equals(Optional.of("containers")) || list.equals(Optional.of("initContainers"));
    }
}
