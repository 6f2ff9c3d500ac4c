package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.text.EditDistance;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which fields there are in a CronJob, and of which types: as the typed model of Kubernetes that this version was built with
 * has them.
 *
 * <p>In the resource, each type has the types of its members: another type by its name, {@code string}, {@code int32},
 * {@code int64}, {@code boolean}, {@code quantity}, {@code any}, and {@code [T]} or <code>{T}</code> for a list or a map of such.
 */
public final class CronJobModel {
    private static final JsonNode TYPES = read();
    private static final Node CRON_JOB = new Node("", "CronJob");

    // Each in the one before, so that who counts indents wrong takes one for another.
    private static final List<Level> LEVELS = List.of(
            new Level("CronJobSpec", "spec", true),
            new Level("JobTemplateSpec", "spec.jobTemplate", false),
            new Level("JobSpec", "spec.jobTemplate.spec", true),
            new Level("PodTemplateSpec", "spec.jobTemplate.spec.template", false),
            new Level("PodSpec", "spec.jobTemplate.spec.template.spec", true),
            new Level("Container", "spec.jobTemplate.spec.template.spec.containers[]", true));

    private CronJobModel() {}

    /** @param hasFields others than {@code metadata} and {@code spec} */
    private record Level(String type, String path, boolean hasFields) {}

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(CronJobModel.class.getResourceAsStream("/cron-job-model.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("the model of a CronJob is broken", e);
        }
    }

    /**
     * The field of the model that a path leads to, with whatever position or key in each list and map, such as
     * {@code metadata.labels[]}: as many as there are fields. Empty where the model has none.
     */
    public static Optional<String> field(FieldPath path) {
        Node node = node(path);
        return node == null ? Optional.empty() : Optional.of(node.spelled);
    }

    private static @Nullable Node node(FieldPath path) {
        if (path.isRoot()) {
            return CRON_JOB;
        }
        Node holder = node(path.parent());
        return holder == null ? null : holder.child(path);
    }

    /** A field of the model, of whose children those are there that were asked for. */
    private static final class Node {
        private final String spelled;
        private final String type;
        private final Map<String, Node> children = new ConcurrentHashMap<>();

        Node(String spelled, String type) {
            this.spelled = spelled;
            this.type = type;
        }

        /** The child that the last part of the path leads to. */
        @Nullable
        Node child(FieldPath path) {
            boolean within = type.startsWith(path.isElement() ? "[" : "{");
            if (path.isElement() && !within) {
                return null;
            }
            String name = within ? "[]" : path.name();
            Node known = children.get(name);
            return known != null ? known : child(name, within);
        }

        private @Nullable Node child(String name, boolean within) {
            String inner = within
                    ? type.substring(1, type.length() - 1)
                    : TYPES.path(type).path(name).asText();
            if (inner.isEmpty()) {
                return null; // and not kept: there is no end of these
            }
            String dot = spelled.isEmpty() || within ? "" : ".";
            return children.computeIfAbsent(name, unknown -> new Node(spelled + dot + name, inner));
        }
    }

    /**
     * Looks at a whole CronJob, not only at what rules read, as the API server does before it asks a webhook. A field that the
     * model does not have may hold anything.
     *
     * @throws WrongTypeException at the first field that holds another JSON type than the model has there
     */
    public static void checkTypes(Field cronJob) {
        checkType(cronJob, "CronJob");
    }

    private static void checkType(Field field, String type) {
        String inner = type.substring(1, type.length() - 1);
        switch (type.charAt(0)) {
            case '[' -> field.elements().forEach(element -> checkType(element, inner));
            case '{' -> field.members().forEach(member -> checkType(member, inner));
            default -> {
                if (TYPES.has(type)) {
                    JsonNode fields = TYPES.path(type);
                    field.members().stream()
                            .filter(member -> fields.has(member.path().name()))
                            .forEach(member -> checkType(
                                    member, fields.path(member.path().name()).asText()));
                } else {
                    checkValue(field, type);
                }
            }
        }
    }

    private static void checkValue(Field field, String type) {
        JsonNode value = field.value();
        switch (type) {
            case "string" -> field.asText();
            case "int32" ->
                expect(field.asLong().map(CronJobModel::isInt32).orElse(true), field, "a whole number of 32 bits");
            case "int64" -> field.asLong();
            case "boolean" -> expect(field.isAbsent() || value.isBoolean(), field, "true or false");
            case "quantity" -> expect(field.isAbsent() || value.isTextual() || value.isNumber(), field, "a quantity");
            default -> {} // such as a port, by number or name
        }
    }

    private static boolean isInt32(long value) {
        return value == (int) value;
    }

    private static void expect(boolean isOfType, Field field, String expected) {
        if (!isOfType) {
            throw new WrongTypeException(field.path(), expected, field.value());
        }
    }

    /** Notes what the spec of no CronJob has: unknown fields, and values of another type. */
    static void checkSpec(PolicyNode spec) {
        check(spec, "CronJobSpec");
    }

    private static void check(PolicyNode node, String type) {
        if (node.isAbsent()) {
            return;
        }
        String inner = type.substring(1, type.length() - 1);
        switch (type.charAt(0)) {
            case '[' -> node.elements().forEach(element -> check(element, inner));
            case '{' -> node.members().values().forEach(member -> check(member, inner));
            default -> {
                if (TYPES.has(type)) {
                    members(node, type);
                } else {
                    value(node, type);
                }
            }
        }
    }

    private static void members(PolicyNode node, String type) {
        JsonNode fields = TYPES.path(type);
        node.members().forEach((name, member) -> {
            if (fields.has(name)) {
                check(member, fields.path(name).asText());
            } else {
                String hint = place(name, type).orElseGet(() -> EditDistance.hint(name, names(fields)));
                member.problem("no field of a " + type + " in Kubernetes" + hint);
            }
        });
    }

    /** Where a field of this very name is, for who wrote it at another level; empty where it is at none. */
    private static Optional<String> place(String name, String type) {
        if (LEVELS.stream().noneMatch(level -> level.type.equals(type))) {
            return Optional.empty();
        }
        return LEVELS.stream()
                .filter(level -> level.hasFields && TYPES.path(level.type).has(name))
                .findFirst()
                .map(level -> "; it belongs in " + level.path);
    }

    private static List<String> names(JsonNode fields) {
        return fields.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static void value(PolicyNode node, String type) {
        switch (type) {
            case "string" -> node.text("");
            case "int32" -> node.number(0);
            case "int64" -> node.number(0L);
            case "boolean" -> node.flag(false);
            case "quantity" -> node.quantity();
            default -> {} // such as a port, by number or name
        }
    }
}
