package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.MergeKeys;
import dev.penstock.manifest.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A partial CronJob, laid under the author's manifest: it fills what the author left out and never overrides.
 *
 * <p>Objects recurse. Lists that Kubernetes merges by a key are matched by it, and elements that are missing appended;
 * any other list or value is set only where it is left out. What is one-of is the author's whole: an env entry, a volume,
 * a probe's handler. A container named {@code *} stands for every container of the manifest.
 */
public final class Overlay {
    private static final String EVERY = "*";
    // Of these only one may be set: core/v1 ProbeHandler and LifecycleHandler.
    private static final Set<String> HANDLERS = Set.of("exec", "grpc", "httpGet", "tcpSocket", "sleep");
    // An element of these is one-of inside: EnvVar's value or valueFrom, VolumeSource.
    private static final Set<String> WHOLE_ELEMENTS = Set.of("env", "volumes");

    private final ObjectNode partial;
    private final Reason reason;

    /** @param partial a CronJob of which anything may be left out; its placeholders are known ones */
    public Overlay(ObjectNode partial, Reason reason) {
        this.partial = partial;
        this.reason = reason;
    }

    /** Fills in what the author of the CronJob left out. */
    public void layUnder(EditableField cronJob, Intent intent, Placeholders placeholders) {
        new Laying(intent, placeholders).object(cronJob, partial);
    }

    private final class Laying {
        private final Intent intent;
        private final Placeholders placeholders;

        Laying(Intent intent, Placeholders placeholders) {
            this.intent = intent;
            this.placeholders = placeholders;
        }

        void object(EditableField target, JsonNode members) {
            boolean handled =
                    HANDLERS.stream().anyMatch(handler -> target.at(handler).isPresent());
            for (Map.Entry<String, JsonNode> member : members.properties()) {
                if (!(handled && HANDLERS.contains(member.getKey()))) {
                    value(target.at(member.getKey()), member.getValue());
                }
            }
        }

        private void value(EditableField field, JsonNode value) {
            Optional<String> key = MergeKeys.of(field.path().name());
            if (value.isNull()) {
                return; // says nothing, as in Kubernetes
            }
            if (value.isObject() && !value.isEmpty()) {
                object(field, value);
            } else if (value.isArray() && key.isPresent()) {
                elements(field, value, key.get());
            } else if (intent.leftOut(field)) {
                field.set(bounded(field, resolved(value)), reason);
            }
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
                    list.elements().forEach(existing -> object(existing, without(element, key)));
                }
            }
        }

        private static boolean isEvery(JsonNode element, String key) {
            return element.path(key).asText().equals(EVERY);
        }

        private void element(EditableField list, JsonNode element, String key) {
            String name = placeholders.resolve(element.path(key).asText());
            List<EditableField> present = list.elements();
            Optional<EditableField> existing = present.stream()
                    .filter(candidate -> candidate.at(key).value().asText().equals(name))
                    .findFirst();
            if (existing.isPresent()) {
                if (!WHOLE_ELEMENTS.contains(list.path().name())) {
                    object(existing.get(), element);
                }
            } else if (!(present.isEmpty() && list.path().name().equals("containers"))) {
                // A sidecar alone is no pipeline: a manifest without containers is refused as it is.
                list.append(resolved(element), reason);
            }
        }

        private JsonNode without(JsonNode element, String key) {
            return ((ObjectNode) element.deepCopy()).without(List.of(key));
        }

        /** A request is never filled above the limit that stands, nor a limit below the request. */
        private JsonNode bounded(EditableField field, JsonNode value) {
            String amounts = field.parent().path().name();
            boolean request = amounts.equals("requests");
            if (!request && !amounts.equals("limits")) {
                return value;
            }
            EditableField resources = field.parent().parent();
            if (!resources.path().name().equals("resources")) { // a container called limits
                return value;
            }
            JsonNode other = resources
                    .at(request ? "limits" : "requests", field.path().name())
                    .value();
            Optional<Quantity> bound = Quantity.parse(other.asText());
            Optional<Quantity> amount = Quantity.parse(value.asText());
            if (bound.isEmpty() || amount.isEmpty()) {
                return value;
            }
            int comparison = amount.get().compareTo(bound.get());
            return (request ? comparison > 0 : comparison < 0) ? other : value;
        }

        private JsonNode resolved(JsonNode value) {
            if (value.isTextual()) {
                return TextNode.valueOf(placeholders.resolve(value.textValue()));
            }
            if (value.isObject()) {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                value.properties().forEach(member -> copy.set(member.getKey(), resolved(member.getValue())));
                return copy;
            }
            if (value.isArray()) {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                value.forEach(element -> copy.add(resolved(element)));
                return copy;
            }
            return value;
        }
    }
}
