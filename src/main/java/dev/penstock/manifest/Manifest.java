package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The object under review while defaults are written into it. What they do not name passes untouched, whatever this
 * version knows of it; the patch is recorded as they write, never computed by comparison.
 *
 * <p>Not thread-safe: one review, one manifest.
 */
public final class Manifest {
    private final ObjectNode tree;
    private final Map<String, Change> changes = new LinkedHashMap<>(); // by the field's stable path
    private final Set<String> left = new LinkedHashSet<>(); // stable paths of what an apply leaves there
    private final Set<JsonNode> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    private final EditableField root;
    private int writes;

    /** @param tree the object, which is written in place from now on */
    public Manifest(ObjectNode tree) {
        this.tree = tree;
        this.root = new EditableField(this);
    }

    /** The object, for writing defaults. */
    public EditableField edit() {
        return root;
    }

    /** The object as it is now, for reading. */
    public Field read() {
        return Field.of(tree);
    }

    /** The defaults that were written so far, in order. */
    public List<Change> changes() {
        return List.copyOf(changes.values());
    }

    /**
     * The operations of RFC 6902 that make the object as it was into the object as it is; empty where it is the same. Not to
     * be written to, and complete only when nothing is written any more.
     */
    public ArrayNode patch() {
        return patch;
    }

    JsonNode tree() {
        return tree;
    }

    /** How often the object was written so far: what was read of it is right as long as this is the same. */
    int writes() {
        return writes;
    }

    /** A field that is written again is one change, from what the request held. */
    void record(Change change) {
        String key = change.path().stable();
        Change earlier = changes.remove(key);
        JsonNode before = earlier == null ? change.before() : earlier.before();
        if (!left.contains(key)) {
            changes.put(key, new Change(change.path(), before, change.value(), change.reason()));
        } else if (!change.value().isMissingNode()) {
            changes.put(key, new Change(change.path(), MissingNode.getInstance(), change.value(), change.reason()));
        }
    }

    /** Notes that the field there is none of the manifest's: what becomes of it is a change, and that it goes is none. */
    void leave(FieldPath path) {
        left.add(path.stable());
    }

    /** The stable paths of all that was left there, what holds a field before the field. */
    Set<String> left() {
        return left;
    }

    boolean isChanged(FieldPath path) {
        return changes.containsKey(path.stable());
    }

    /** What the request holds there, before any default was written. */
    JsonNode asSent(Field field) {
        Change change = changes.get(field.path().stable());
        return change == null ? field.value() : change.before();
    }

    /**
     * Records an operation that was just done, unless it is within a value that an earlier one put there: that operation holds the value itself,
     * and so all that is written into it later.
     *
     * @param value a missing node for a removal
     */
    void patch(String operation, EditableField field, JsonNode value) {
        writes++;
        boolean within = !written.isEmpty() && field.isWithin(written);
        if (value.isContainerNode()) {
            written.add(value);
        }
        if (!within) {
            ObjectNode recorded = patch.addObject()
                    .put("op", operation)
                    .put("path", field.path().pointer());
            if (!value.isMissingNode()) {
                recorded.set("value", value);
            }
        }
    }
}
