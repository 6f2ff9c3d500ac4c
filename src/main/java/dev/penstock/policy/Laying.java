package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.manifest.Default;
import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.MergeKeys;
import dev.penstock.manifest.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How an {@link Overlay} is laid under one manifest.
 *
 * <p>Objects recurse. Lists that Kubernetes merges by a key are matched by it, and elements that are missing appended;
 * any other list or value is set only where it is left out. An element that is no container is the author's whole, and so
 * is what is one-of: a probe's handler, a security profile. A container named {@code *} stands for every container of the
 * manifest. Steps are among {@code containers}, though all but the last are init containers, so that one overlay reaches
 * them all.
 */
final class Laying {
    private static final String FAILURE_POLICY = "podFailurePolicy";
    // Of these only one may be set: core/v1 ProbeHandler and LifecycleHandler.
    private static final Set<String> HANDLERS = Set.of("exec", "grpc", "httpGet", "tcpSocket", "sleep");
    // What an init container has only as a sidecar, with restartPolicy Always: core/validation validateInitContainers.
    private static final List<String> OF_LASTING = Stream.concat(
                    FieldPath.PROBES.stream(), Stream.of("lifecycle", "resizePolicy"))
            .toList();
    // What these hold depends on their type: core/v1 SeccompProfile and AppArmorProfile.
    private static final Set<String> PROFILES = Set.of("seccompProfile", "appArmorProfile");
    private static final String SECURITY = "securityContext";
    // Where both have one, Kubernetes goes by the container's: core/v1 SecurityContext.
    private static final List<String> OF_POD_AND_CONTAINER = List.of(
            "runAsUser",
            "runAsGroup",
            "runAsNonRoot",
            "seccompProfile",
            "appArmorProfile",
            "seLinuxOptions",
            "windowsOptions");

    private final Defaulter defaulter;
    private final Placeholders placeholders;
    private final UnaryOperator<String> image;
    private final Reason reason;

    /** @param image what becomes of an image that the policy names */
    Laying(Defaulter defaulter, Placeholders placeholders, UnaryOperator<String> image, Reason reason) {
        this.defaulter = defaulter;
        this.placeholders = placeholders;
        this.image = image;
        this.reason = reason;
    }

    /** Lays the members under those of the target. */
    void object(EditableField target, JsonNode members) {
        boolean chosen = isChosen(target);
        boolean isProfile = PROFILES.contains(target.path().name());
        if (target.path().isProbe() && !chosen && HANDLERS.stream().noneMatch(members::has)) {
            return; // the API server refuses a probe that probes nothing
        }
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            EditableField field = target.at(member.getKey());
            if (!isProfile && !HANDLERS.contains(member.getKey())) {
                value(field, member.getValue());
            } else if (chosen) {
                defaulter.drop(field);
            } else if (!member.getValue().isNull()) {
                fill(field, member.getValue());
            }
        }
    }

    /** Whether the author or an overlay before chose one of what only one may be. */
    private boolean isChosen(EditableField target) {
        if (PROFILES.contains(target.path().name())) {
            return isChosen(target, "type");
        }
        for (String handler : HANDLERS) {
            if (isChosen(target, handler)) {
                return true;
            }
        }
        return false;
    }

    private boolean isChosen(EditableField target, String member) {
        return target.value().hasNonNull(member) && defaulter.isSettled(target.at(member));
    }

    /** Lays the value under that of the field, which is not the root. */
    void value(EditableField field, JsonNode value) {
        Optional<String> key = MergeKeys.of(field.path().name());
        if (value.isNull() || (value.isArray() && value.isEmpty())) {
            return; // says nothing, as in Kubernetes
        }
        if (value.isObject()) {
            if (field.path().equals(FieldPath.JOB)) {
                job(field, without(value));
            } else if (field.path().equals(FieldPath.POD_SPEC)) {
                ObjectNode members = without(value).without(FieldPath.CONTAINER_LISTS); // which come last
                object(field, allowed(Contradiction.OF_A_POD, field, members, field));
            } else if (isResources(field)) {
                new Amounts(defaulter, reason).fill(field, value);
                object(field, without(value, "limits", "requests"));
            } else {
                object(field, value);
            }
        } else if (value.isArray() && key.isPresent()) {
            elements(field, value, key.get());
        } else {
            fill(field, value);
        }
    }

    private void job(EditableField job, ObjectNode said) {
        ObjectNode members = allowed(Contradiction.OF_A_JOB, job, said, job);
        if (members.has(FAILURE_POLICY)) {
            failurePolicy(job.at(FAILURE_POLICY), members.path(FAILURE_POLICY));
            members.remove(FAILURE_POLICY);
        }
        object(job, members);
    }

    /** Kubernetes allows no other restartPolicy beside one than this, which nothing that is laid later then gives. */
    private void failurePolicy(EditableField field, JsonNode value) {
        value(field, value);
        if (field.isPresent()) {
            EditableField restartPolicy =
                    defaulter.cronJob().at(FieldPath.POD_SPEC).at("restartPolicy");
            defaulter.fill(Default.of(restartPolicy, "Never", Reason.derived(FAILURE_POLICY))
                    .after(field));
        }
    }

    /** What is said of the holder, without what cannot stand in it beside what another holds, or the same. */
    private ObjectNode allowed(
            List<Contradiction> contradictions, EditableField holder, ObjectNode said, EditableField others) {
        ObjectNode members = said;
        for (Contradiction contradiction : contradictions) {
            JsonNode value = Contradiction.in(members, contradiction.field());
            if (!value.isMissingNode()) {
                EditableField other = at(others, contradiction.other());
                JsonNode own = holder == others
                        ? Contradiction.in(members, contradiction.other())
                        : MissingNode.getInstance(); // laid before, all of it
                if (contradiction.value().test(value, standing(other, own))) {
                    members = withoutMember(members, contradiction.field());
                    leaveOut(at(holder, contradiction.field()), value, other);
                }
            }
        }
        return members;
    }

    private static EditableField at(EditableField holder, List<String> path) {
        return holder.at(path.toArray(String[]::new));
    }

    /** What a field is beside this value, which an overlay has for it. */
    private JsonNode standing(EditableField field, JsonNode value) {
        boolean stands = (field.isPresent() && defaulter.isSettled(field)) || defaulter.isKept(field);
        return stands ? field.value() : value;
    }

    /** Where the manifest speaks, it goes by itself unless another overlay names it. */
    private void leaveOut(EditableField field, JsonNode value, EditableField other) {
        if (!defaulter.manifestSpeaks()) {
            defaulter.dropBeside(field, other);
        }
        value.properties().forEach(member -> leaveOut(field.at(member.getKey()), member.getValue(), other));
    }

    /** Whether the field is settled with that: ours, or left alone by an edit. */
    private boolean fill(EditableField field, JsonNode value) {
        return defaulter.fill(Default.of(field, resolved(field, value), reason));
    }

    private void elements(EditableField list, JsonNode elements, String key) {
        for (JsonNode element : elements) {
            if (!isEvery(element, key)) {
                element(list, element, key);
            }
        }
        // Last, so that it reaches what was appended, as it would at the next review.
        for (JsonNode element : elements) {
            if (isEvery(element, key)) {
                everyOf(list)
                        .forEach(existing ->
                                inside(existing).container(existing, besideThePods(existing, without(element, key))));
            }
        }
    }

    /** What is said of every container, without that in whose place Kubernetes would take the author's word on the pod. */
    private ObjectNode besideThePods(EditableField container, ObjectNode said) {
        EditableField ofThePod = container.parent().parent().at(SECURITY);
        ObjectNode members = said;
        for (String name : OF_POD_AND_CONTAINER) {
            JsonNode value = members.path(SECURITY).path(name);
            if (!value.isMissingNode() && isAuthors(ofThePod.at(name))) {
                members = withoutMember(members, List.of(SECURITY, name));
                leaveOut(container.at(SECURITY).at(name), value, ofThePod.at(name));
            }
        }
        return members;
    }

    private boolean isAuthors(EditableField field) {
        return field.value().isObject()
                ? field.names().stream().map(field::at).anyMatch(defaulter::isAuthors)
                : defaulter.isAuthors(field);
    }

    /** Every container of the list. Steps belong to {@code containers}, wherever Kubernetes runs them. */
    private List<EditableField> everyOf(EditableField list) {
        boolean withSteps = list.path().name().equals("containers");
        return containers()
                .filter(container -> isStep(container)
                        ? withSteps
                        : container.parent().path().equals(list.path()))
                .filter(defaulter.intent()::isOwn)
                .toList();
    }

    private Stream<EditableField> containers() {
        return Overlay.containerLists(defaulter.cronJob()).stream().flatMap(list -> list.elements().stream());
    }

    private boolean isStep(EditableField container) {
        return placeholders.isStep(container.path().name()) && defaulter.hasMade(container);
    }

    private Laying inside(EditableField container) {
        return isStep(container)
                ? new Laying(defaulter, placeholders.in(container.path().name()), image, reason)
                : this;
    }

    private static boolean isEvery(JsonNode element, String key) {
        return element.path(key).asText().equals(Overlay.EVERY);
    }

    private void element(EditableField list, JsonNode element, String key) {
        String name = placeholders.resolve(element.path(key).asText());
        if (!FieldPath.CONTAINER_LISTS.contains(list.path().name())) {
            if (!isTaken(list, name, element)) {
                fill(list.element(name), element);
            }
        } else if (placeholders.isStep(name)) {
            containers()
                    .filter(container -> container.path().name().equals(name) && isStep(container))
                    .forEach(step -> inside(step).container(step, without(element, key)));
        } else if (list.element(name).isPresent()) {
            container(list.element(name), without(element, key));
        }
    }

    /** Whether another that stands has of it what only one may have. */
    private boolean isTaken(EditableField list, String key, JsonNode element) {
        String own = placeholders.resolve(unique(list, element));
        return !own.isEmpty()
                && list.elements().stream()
                        .anyMatch(other -> !other.path().name().equals(key)
                                && unique(list, other.value()).equals(own)
                                && defaulter.isSettled(other));
    }

    /** The name of a port, of which the API server wants one; the path of a mount, as containers see it. */
    private static String unique(EditableField list, JsonNode element) {
        return switch (list.path().name()) {
            case "ports" -> element.path("name").asText("");
            case "volumeMounts" -> withoutSlash(element.path("mountPath").asText(""));
            default -> "";
        };
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** What of these can stand in the container. */
    private void container(EditableField container, ObjectNode said) {
        EditableField podSpec = container.parent().parent();
        ObjectNode members = allowed(Contradiction.OF_A_CONTAINER, container, said, container);
        members = allowed(Contradiction.OF_A_CONTAINER_IN_A_POD, container, members, podSpec);
        if (endsBeforeTheNext(container, members)) {
            members.remove(OF_LASTING);
        }
        EditableField command = container.at("command");
        if (members.has("args") && !command.elements().isEmpty() && defaulter.isSettled(command)) {
            members.remove("args"); // a command alone is complete
            defaulter.dropBeside(container.at("args"), command);
        }
        object(container, members);
    }

    /** Whether it is an init container and no sidecar. */
    private boolean endsBeforeTheNext(EditableField container, JsonNode members) {
        EditableField policy = container.at("restartPolicy");
        JsonNode restarts =
                policy.isPresent() && defaulter.isSettled(policy) ? policy.value() : members.path("restartPolicy");
        return container.parent().path().name().equals("initContainers")
                && !restarts.asText().equals("Always");
    }

    /** A copy, of which members may be taken away. */
    private static ObjectNode without(JsonNode object, String... members) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll((ObjectNode) object);
        return copy.without(List.of(members));
    }

    /** A copy without what is at the path. */
    private static ObjectNode withoutMember(ObjectNode object, List<String> path) {
        ObjectNode copy = without(object);
        String name = path.get(0);
        if (path.size() == 1) {
            copy.remove(name);
        } else {
            copy.set(name, withoutMember((ObjectNode) copy.path(name), path.subList(1, path.size())));
        }
        return copy;
    }

    private static boolean isResources(EditableField field) {
        return field.path().name().equals("resources") && !field.path().isElement();
    }

    private JsonNode resolved(EditableField field, JsonNode value) {
        JsonNode resolved = placeholders.resolve(value);
        if (!resolved.isTextual()) {
            return resolved;
        }
        if (field.path().equals(FieldPath.SCHEDULE)) {
            return TextNode.valueOf(placeholders.schedule(resolved.textValue()));
        }
        return isImage(field) ? TextNode.valueOf(image.apply(resolved.textValue())) : resolved;
    }

    private static boolean isImage(EditableField field) {
        return field.path().name().equals("image") && field.path().parent().isContainer();
    }
}
