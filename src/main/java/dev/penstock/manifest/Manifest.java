package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The object under review while defaults are written into it. What they do not name passes untouched, whatever this
 * version knows of it; the patch is recorded as they write, never computed by comparison.
 *
 * <p>Not thread-safe: one review, one manifest.
 */
public final class Manifest {
    private final ObjectNode tree;
    private final Map<FieldPath, Change> changes = new LinkedHashMap<>();
    private final ArrayNode patch = JsonNodeFactory.instance.arrayNode();

    /** @param tree the object, which is written in place from now on */
    public Manifest(ObjectNode tree) {
        this.tree = tree;
    }

    /** The object, for writing defaults. */
    public EditableField edit() {
        return new EditableField(this, null, FieldPath.ROOT);
    }

    /** The object as it is now, for reading. */
    public Field read() {
        return Field.of(tree);
    }

    /** The defaults that were written so far, in order. */
    public List<Change> changes() {
        return List.copyOf(changes.values());
    }

    /** The operations of RFC 6902 that make the object as it was into the object as it is; empty where it is the same. */
    public ArrayNode patch() {
        return patch.deepCopy();
    }

    JsonNode tree() {
        return tree;
    }

    /** A field that is written again is one change, from what the request held. */
    void record(Change change) {
        Change earlier = changes.remove(change.path());
        JsonNode before = earlier == null ? change.before() : earlier.before();
        changes.put(change.path(), new Change(change.path(), before, change.value(), change.reason()));
    }

    Optional<Change> change(FieldPath path) {
        return Optional.ofNullable(changes.get(path));
    }

    Optional<Change> lastChange(FieldPath path) {
        Optional<Change> change = change(path);
        return change.isPresent() ? change : path.parent().flatMap(this::lastChange);
    }

    void patch(String operation, FieldPath path, JsonNode value) {
        // A copy: a later write into the value is an operation of its own.
        patch.addObject().put("op", operation).put("path", path.pointer()).set("value", value.deepCopy());
    }
}
