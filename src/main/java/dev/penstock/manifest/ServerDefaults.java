package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.image.ImageReference;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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

    // Within what is written as a whole, by what holds it, a list for its elements: SetDefaults_* and +default of
    // core/v1.
    private static final Map<String, JsonNode> A_MODE = Map.of("defaultMode", IntNode.valueOf(420));
    private static final Map<String, Map<String, JsonNode>> WITHIN_A_WHOLE = Map.ofEntries(
            Map.entry("secret", A_MODE),
            Map.entry("configMap", A_MODE),
            Map.entry("downwardAPI", A_MODE),
            Map.entry("projected", A_MODE),
            Map.entry("serviceAccountToken", Map.of("expirationSeconds", IntNode.valueOf(3600))),
            Map.entry("hostPath", Map.of("type", TextNode.valueOf(""))),
            Map.entry("volumeClaimTemplate", Map.of("metadata", JsonNodeFactory.instance.objectNode())),
            Map.entry("spec", Map.of("volumeMode", TextNode.valueOf("Filesystem"))), // of that claim
            Map.entry("iscsi", Map.of("iscsiInterface", TextNode.valueOf("default"))),
            Map.entry(
                    "azureDisk",
                    Map.of(
                            "cachingMode", TextNode.valueOf("ReadWrite"),
                            "fsType", TextNode.valueOf("ext4"),
                            "kind", TextNode.valueOf("Shared"),
                            "readOnly", BooleanNode.FALSE)),
            Map.entry(
                    "rbd",
                    Map.of(
                            "pool", TextNode.valueOf("rbd"),
                            "user", TextNode.valueOf("admin"),
                            "keyring", TextNode.valueOf("/etc/ceph/keyring"))),
            Map.entry(
                    "scaleIO",
                    Map.of("storageMode", TextNode.valueOf("ThinProvisioned"), "fsType", TextNode.valueOf("xfs"))),
            Map.entry("fieldRef", Map.of("apiVersion", TextNode.valueOf("v1"))),
            Map.entry("resourceFieldRef", Map.of("divisor", TextNode.valueOf("0"))),
            Map.entry("fileKeyRef", Map.of("optional", BooleanNode.FALSE)),
            Map.entry("ports", Map.of("protocol", TextNode.valueOf("TCP"))),
            Map.entry("httpGet", Map.of("path", TextNode.valueOf("/"), "scheme", TextNode.valueOf("HTTP"))),
            Map.entry("grpc", Map.of("service", TextNode.valueOf(""))),
            Map.entry("onPodConditions", Map.of("status", TextNode.valueOf("True"))));
    // Booleans of core/v1 that are no pointers: the API server drops their false.
    private static final Set<String> DROPPED_WHEN_FALSE =
            Set.of("stdin", "stdinOnce", "tty", "readOnly", "hostNetwork", "hostPID", "hostIPC");
    private static final Set<String> AMOUNTS = Set.of("limits", "requests", "sizeLimit", "storage", "divisor");

    private ServerDefaults() {}

    /** The default of the field; a missing node where it has none, or one that depends on other fields. */
    static JsonNode of(FieldPath path) {
        return defaults(path.parent()).getOrDefault(path.name(), MissingNode.getInstance());
    }

    private static Map<String, JsonNode> defaults(FieldPath holder) {
        if (holder.isElement()) { // whatever it is called
            return holder.isContainer() ? OF_A_CONTAINER : Map.of();
        }
        if (holder.name().equals("spec")) {
            return isOfTheCronJob(holder) ? OF_THE_SPEC : isOfThePod(holder) ? OF_THE_POD : Map.of();
        }
        return holder.isProbe() ? OF_A_PROBE : Map.of();
    }

    /** Whether the field holds the value that is wanted: the same, but for what the API server fills in and how it writes amounts. */
    static boolean isAsWanted(Field field, JsonNode wanted) {
        return isAsWanted(field.path(), field.value(), wanted);
    }

    /** The same of what an object holds there, such as the one before. */
    static boolean isAsWanted(FieldPath path, JsonNode value, JsonNode wanted) {
        if (value.isMissingNode() || value.isNull()) {
            return wanted.isBoolean() && !wanted.booleanValue() && DROPPED_WHEN_FALSE.contains(path.name());
        }
        boolean amount =
                AMOUNTS.contains(nameOf(path)) || AMOUNTS.contains(path.parent().name());
        return isAsWanted(nameOf(path), value, wanted, amount);
    }

    /** What the value is called; an element as its list. */
    private static String nameOf(FieldPath path) {
        return path.isElement() ? path.parent().name() : path.name();
    }

    private static boolean isAsWanted(String name, JsonNode value, JsonNode wanted, boolean amount) {
        if (value.isMissingNode()) {
            return isZero(wanted);
        }
        if (value.isObject() && wanted.isObject()) {
            return wanted.properties().stream()
                            .allMatch(member -> isAsWanted(
                                    member.getKey(),
                                    value.path(member.getKey()),
                                    member.getValue(),
                                    amount || AMOUNTS.contains(member.getKey())))
                    && value.properties().stream()
                            .allMatch(
                                    member -> wanted.has(member.getKey()) || isFilledIn(name, value, member.getKey()));
        }
        if (value.isArray() && wanted.isArray()) {
            return value.size() == wanted.size()
                    && IntStream.range(0, value.size())
                            .allMatch(i -> isAsWanted(name, value.get(i), wanted.get(i), amount));
        }
        return value.equals(wanted)
                || (amount
                        && value.isValueNode()
                        && Quantity.parse(value.asText())
                                .flatMap(is -> Quantity.parse(wanted.asText()).filter(is::equalsAmount))
                                .isPresent());
    }

    /** Whether the API server may drop this within a value that is written as a whole. */
    private static boolean isZero(JsonNode value) {
        return value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isNumber() && value.doubleValue() == 0)
                || (value.isTextual() && value.textValue().isEmpty())
                || (value.isContainerNode() && value.valueStream().allMatch(JsonNode::isNull));
    }

    /** Whether the field is what the API server fills into a value that is written as a whole. */
    static boolean isFilledIn(EditableField field) {
        EditableField holder = field.parent();
        return isFilledIn(holder.path(), holder.value(), field.path().name());
    }

    /** The same of a member of what an object holds there. */
    static boolean isFilledIn(FieldPath holder, JsonNode value, String member) {
        return isFilledIn(nameOf(holder), value, member);
    }

    private static boolean isFilledIn(String name, JsonNode holder, String member) {
        JsonNode value = holder.path(member);
        if (name.equals("image") && member.equals("pullPolicy")) { // of a volume: SetDefaults_Volume
            return value.asText()
                    .equals(ImageReference.pullPolicy(holder.path("reference").asText()));
        }
        if (name.equals("volumes") && member.equals("emptyDir")) {
            return value.isEmpty() && holder.size() == 2; // beside the name alone
        }
        JsonNode filledIn = WITHIN_A_WHOLE.getOrDefault(name, Map.of()).get(member);
        // Before Kubernetes 1.34, metadata holds a creationTimestamp of null.
        return filledIn != null && (value.equals(filledIn) || (isZero(value) && isZero(filledIn)));
    }

    /**
     * Whether the field holds what no author of a CronJob can mean: the empty schedule and image, which typed clients send, no
     * arguments, and the restart policy that is filled in though it is invalid for Jobs, or the empty one that it is filled in for.
     */
    static boolean isNoDecision(Field field) {
        FieldPath holder = field.path().parent();
        return switch (field.path().name()) {
            case "schedule" -> isOfTheCronJob(holder) && holds(field, "");
            case "restartPolicy" -> isOfThePod(holder) && (holds(field, "Always") || holds(field, ""));
            case "image" -> holder.isContainer() && holds(field, "");
            case "args" ->
                holder.isContainer() && field.value().isArray() && field.value().isEmpty();
            default -> false;
        };
    }

    /**
     * What the field is called besides; empty for most. The API server shows it by both names, and restores either from the
     * other: core/v1 Convert_v1_PodSpec_To_core_PodSpec.
     */
    static Optional<String> alias(FieldPath path) {
        return path.name().equals("serviceAccountName") && isOfThePod(path.parent())
                ? Optional.of("serviceAccount")
                : Optional.empty();
    }

    private static boolean holds(Field field, String text) {
        return field.value().isTextual() && field.value().textValue().equals(text);
    }

    private static boolean isOfTheCronJob(FieldPath spec) {
        return spec.name().equals("spec") && spec.parent().isRoot();
    }

    private static boolean isOfThePod(FieldPath spec) {
        return spec.name().equals("spec") && spec.parent().name().equals("template");
    }
}
