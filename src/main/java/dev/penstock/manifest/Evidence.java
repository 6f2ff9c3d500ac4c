package dev.penstock.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the object itself tells of what was written: server-side apply's {@code managedFields} (M), client-side apply's
 * {@code last-applied-configuration} (L). It proves that something was written, never that something was not.
 *
 * <p>Not thread-safe: one review, one object.
 */
final class Evidence {
    /** The manager that applies client-side, where nobody names another. */
    static final String CLIENT_SIDE_APPLY = "kubectl-client-side-apply";

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final ObjectMapper JSON = new ObjectMapper();

    // The maps and structs with x-kubernetes-map-type: atomic in the OpenAPI of batch/v1 and core/v1, by the name of
    // the field and of the list.
    // What lies in lists that are taken whole is not asked for.
    static final Set<String> ATOMIC = Set.of(
            "nodeSelector",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "labelSelector",
            "selector",
            "fieldRef",
            "resourceFieldRef",
            "configMapKeyRef",
            "secretKeyRef",
            "fileKeyRef",
            "secretRef",
            "nodePublishSecretRef",
            "dataSource");
    static final Set<String> ATOMIC_ELEMENTS = Set.of("imagePullSecrets", "ownerReferences", "evictionResponders");

    private final List<JsonNode> sent; // the field sets of all managers
    private final List<JsonNode> applied; // of those that applied, rather than updated
    private final List<JsonNode> written; // of all but client-side apply, which wrote what it recorded
    private final Optional<String> lastAppliedText;
    private final boolean hasLastApplied;
    private @Nullable KeyedTree lastApplied; // parsed when it is first asked
    // The elements of a list in a field set by their key, which is JSON of its own: each list is parsed once.
    private final IdentityHashMap<JsonNode, Map<String, JsonNode>> elements = new IdentityHashMap<>();

    private Evidence(
            List<JsonNode> sent,
            List<JsonNode> applied,
            List<JsonNode> written,
            Optional<String> lastAppliedText,
            @Nullable KeyedTree lastApplied) {
        this.sent = sent;
        this.applied = applied;
        this.written = written;
        this.lastAppliedText = lastAppliedText;
        this.lastApplied = lastApplied;
        this.hasLastApplied = lastAppliedText.isPresent() || lastApplied != null;
    }

    /** What the API server and clients recorded in the object. */
    static Evidence of(Field object) {
        List<JsonNode> sent = new ArrayList<>();
        List<JsonNode> applied = new ArrayList<>();
        List<JsonNode> written = new ArrayList<>();
        for (Field entry : object.at("metadata", "managedFields").elements()) {
            // A subresource's hold no manifest.
            if (entry.at("subresource").asText().orElse("").isEmpty()) {
                JsonNode fields = entry.at("fieldsV1").value();
                sent.add(fields);
                if (!entry.at("manager").asText().equals(Optional.of(CLIENT_SIDE_APPLY))) {
                    written.add(fields);
                }
                if (entry.at("operation").asText().equals(Optional.of("Apply"))) {
                    applied.add(fields);
                }
            }
        }
        return new Evidence(sent, applied, written, lastAppliedText(object), null);
    }

    /** A manifest straight from its author: complete evidence of itself. */
    static Evidence ofManifest(JsonNode manifest) {
        return new Evidence(List.of(), List.of(), List.of(), Optional.empty(), new KeyedTree(manifest.deepCopy()));
    }

    private static Optional<String> lastAppliedText(Field object) {
        return object.at("metadata", "annotations", LAST_APPLIED).asText();
    }

    /** Whether client-side apply recorded another manifest there. */
    boolean isAppliedAnew(Field old) {
        return !lastAppliedText.equals(lastAppliedText(old));
    }

    /** Whether this manager applied fields of the object. */
    static boolean isApplier(String manager, Field object) {
        for (JsonNode entry : object.at("metadata", "managedFields").value()) {
            if (entry.path("operation").asText().equals("Apply")
                    && entry.path("manager").asText().equals(manager)
                    && entry.path("subresource").asText("").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the field is among those of this manager, or of anyone where it has no name. One that another manager sent before is what
     * the object held.
     */
    static boolean isOfManager(String manager, Field object, FieldPath path) {
        for (JsonNode entry : object.at("metadata", "managedFields").value()) {
            boolean isIts = manager.isEmpty() || entry.path("manager").asText().equals(manager);
            if (isIts && member(entry.path("fieldsV1"), path).isObject()) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode member(JsonNode set, FieldPath path) {
        return path.isRoot() ? set : member(set, path.parent()).path(path.inFieldSet());
    }

    /** Whether any manifest was applied, by either kind of apply. */
    boolean isAny() {
        return hasLastApplied || !applied.isEmpty();
    }

    /** Whether an applied manifest holds exactly this field. */
    boolean isApplied(FieldPath path) {
        JsonNode inLastApplied = lastApplied().find(path);
        return !(inLastApplied.isMissingNode() || inLastApplied.isNull()) || isListed(applied, path);
    }

    /** The same, unless client-side apply recorded another value than the one that is there: that one came since. */
    boolean isApplied(Field field) {
        return isApplied(field.path()) && !(isOutdated(field) && !isListed(applied, field.path()));
    }

    private boolean isOutdated(Field field) {
        JsonNode last = lastApplied().find(field.path());
        return field.isPresent()
                && isWrittenAsAWhole(field.path(), field.value(), last)
                && !ServerDefaults.isNoDecision(new Field(field.path(), last))
                && !isZero(last) // which the API server may have replaced before anybody else saw it
                && !isHeld(field.path(), field.value(), last);
    }

    private static boolean isWrittenAsAWhole(FieldPath path, JsonNode value, JsonNode last) {
        return switch (last.getNodeType()) {
            case OBJECT -> path.isElement() && !path.isContainer() && value.isObject();
            case ARRAY -> MergeKeys.of(path.name()).isEmpty() && value.isArray();
            default -> last.isValueNode() && value.isValueNode();
        };
    }

    /** Whether this value holds what was applied, be there more in it or not; in what was applied empty, no more than the API server fills in. */
    private static boolean isHeld(FieldPath path, JsonNode value, JsonNode last) {
        if (last.isObject() && !last.isEmpty() && value.isObject()) {
            return last.properties().stream()
                    .allMatch(member -> isHeld(path, value, member.getKey(), member.getValue()));
        }
        return last.isNull() || ServerDefaults.isAsWanted(path, value, last);
    }

    private static boolean isHeld(FieldPath holder, JsonNode value, String member, JsonNode last) {
        boolean isEmptied =
                isZero(last) && (!value.hasNonNull(member) || ServerDefaults.isFilledIn(holder, value, member));
        return isEmptied || isHeld(holder.member(member), value.path(member), last);
    }

    /**
     * Whether a manifest held exactly this field: client-side apply's, where there is one, since on the move to server-side apply an Apply
     * entry lists more than a manifest held.
     */
    boolean isOfManifest(FieldPath path) {
        return hasLastApplied ? !lastApplied().find(path).isMissingNode() : isListed(applied, path);
    }

    /** Whether an applied manifest holds this field, or anything in it. */
    boolean isAppliedWithin(FieldPath path) {
        return isApplied(path) || isListedWithin(applied, path);
    }

    /**
     * Whether an applied manifest holds what this is in, and server-side apply takes that whole: nothing tells which of its members the
     * manifest holds, and none that it does not hold outlasts the next apply.
     */
    boolean isAppliedInAWhole(FieldPath path) {
        if (applied.isEmpty()) {
            return false;
        }
        for (FieldPath holder = path.parent(); !holder.isRoot(); holder = holder.parent()) {
            if (isAtomic(holder) && isListed(applied, holder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAtomic(FieldPath holder) {
        return holder.isElement() ? ATOMIC_ELEMENTS.contains(holder.parent().name()) : ATOMIC.contains(holder.name());
    }

    /** Whether client-side apply recorded that the author wrote {@code null} there. */
    boolean isAppliedAsNull(FieldPath path) {
        return lastApplied().find(path).isNull();
    }

    /**
     * Whether an applied manifest holds the field, of which the object has nothing: then it holds {@code false}, 0, or a text or list
     * that is empty, which the API server drops of some fields. Another value that client-side apply recorded is gone since.
     */
    boolean isAppliedAsZero(FieldPath path) {
        return isZero(lastApplied().find(path)) || isListed(applied, path);
    }

    private static boolean isZero(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.doubleValue() == 0;
            case STRING -> value.textValue().isEmpty();
            case ARRAY -> value.isEmpty();
            default -> false;
        };
    }

    /** What client-side apply recorded there; a missing node where it recorded nothing. */
    JsonNode lastApplied(FieldPath path) {
        return lastApplied().find(path);
    }

    /** Whether there is a record of who sent what, such as every API server keeps. */
    boolean knowsSenders() {
        return !sent.isEmpty() || hasLastApplied;
    }

    /**
     * Whether some client sent exactly this field. What another webhook put in was sent by nobody; what the API server
     * filled in counts as sent.
     */
    boolean isSent(FieldPath path) {
        return isApplied(path) || isListed(sent, path);
    }

    /** The same, unless client-side apply recorded another value. */
    boolean isSent(Field field) {
        return isApplied(field) || isListed(sent, field.path());
    }

    /** The same, but for clients that sent the other field as well. */
    boolean isSentWithout(Field field, FieldPath other) {
        return isApplied(field) || sent.stream().anyMatch(set -> lists(set, field.path()) && !lists(set, other));
    }

    /**
     * Whether a client wrote the field, or anything in it; of a container, whether it wrote that itself. Where nothing tells who sent what,
     * each counts as written; what the API server filled in, unless it was beside what client-side apply recorded.
     */
    boolean isWritten(FieldPath path) {
        boolean inParts = path.isContainer();
        return sent.isEmpty()
                || (inParts ? isApplied(path) : isAppliedWithin(path))
                || (inParts ? isListed(written, path) : isListedWithin(written, path));
    }

    /** Whether some manager's field set holds the field, or anything in it. */
    boolean isRecordedWithin(FieldPath path) {
        return isListedWithin(sent, path);
    }

    private KeyedTree lastApplied() {
        if (lastApplied == null) {
            lastApplied = new KeyedTree(lastAppliedText.map(Evidence::parse).orElse(MissingNode.getInstance()));
        }
        return lastApplied;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Anyone may write the annotation; kubectl itself replaces one that it cannot read.
            return MissingNode.getInstance();
        }
    }

    private boolean isListed(List<JsonNode> sets, FieldPath path) {
        for (JsonNode set : sets) { // asked of every field, so that a stream would cost
            if (lists(set, path)) {
                return true;
            }
        }
        return false;
    }

    private boolean isListedWithin(List<JsonNode> sets, FieldPath path) {
        for (JsonNode set : sets) {
            if (entry(set, path).isObject()) {
                return true;
            }
        }
        return false;
    }

    /** A leaf of a field set covers itself and not its children; an element or object with children is listed by a dot. */
    private boolean lists(JsonNode set, FieldPath path) {
        JsonNode entry = entry(set, path);
        return entry.isObject() && (entry.isEmpty() || entry.has("."));
    }

    private JsonNode entry(JsonNode set, FieldPath path) {
        if (set.isMissingNode() || path.isRoot()) {
            return set;
        }
        FieldPath parent = path.parent();
        JsonNode holder = entry(set, parent);
        if (!path.isElement()) {
            return holder.path(path.inFieldSet());
        }
        String key = MergeKeys.of(parent.name()).orElse("");
        return elements.computeIfAbsent(holder, list -> byKey(list, key))
                .getOrDefault(path.name(), MissingNode.getInstance());
    }

    private static Map<String, JsonNode> byKey(JsonNode list, String key) {
        Map<String, JsonNode> elements = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : list.properties()) {
            if (member.getKey().startsWith("k:")) {
                elements.put(parse(member.getKey().substring(2)).path(key).asText(""), member.getValue());
            }
        }
        return elements;
    }
}
