package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field that defaults may write. It always shows what the manifest holds now, and every write is recorded as a patch
 * operation and a {@link Change}.
 */
public final class EditableField extends Field {
    private final Manifest manifest;
    private final @Nullable EditableField parent;

    EditableField(Manifest manifest, @Nullable EditableField parent, FieldPath path) {
        super(path, MissingNode.getInstance());
        this.manifest = manifest;
        this.parent = parent;
    }

    @Override
    public JsonNode value() {
        if (parent == null) {
            return manifest.tree();
        }
        JsonNode holder = parent.value();
        return path().isElement() ? holder.path(path().index()) : holder.path(path().name());
    }

    @Override
    public EditableField at(String... names) {
        EditableField field = this;
        for (String name : names) {
            field = field.member(name);
        }
        return field;
    }

    @Override
    EditableField member(String name) {
        objectOrMissing();
        return new EditableField(manifest, this, path().member(name));
    }

    @Override
    public List<EditableField> elements() {
        JsonNode list = listOrMissing();
        List<EditableField> elements = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            elements.add(new EditableField(manifest, this, elementPath(i, list.get(i))));
        }
        return elements;
    }

    /** The field that holds this one. Only the object itself has none. */
    public EditableField parent() {
        return Objects.requireNonNull(parent, "the object itself has no parent");
    }

    /** The last write of this review to the field, or to one that holds it; empty where the request's value stands. */
    public Optional<Change> lastChange() {
        return manifest.lastChange(path());
    }

    /** What the request holds there, before any default was written. */
    public JsonNode asSent() {
        return manifest.change(path()).map(Change::before).orElseGet(this::value);
    }

    /** Writes the value, making the objects that hold it where they are absent. Writing what is there is no write. */
    public void set(JsonNode value, Reason reason) {
        JsonNode before = value();
        if (before.equals(value)) {
            return;
        }
        // Copies, so that a later write changes neither the policy's tree nor what is reported of this one.
        write(value.deepCopy());
        manifest.record(new Change(path(), before, value.deepCopy(), reason));
    }

    public void set(String value, Reason reason) {
        set(JsonNodeFactory.instance.textNode(value), reason);
    }

    /** Puts the value behind the last element of this list, making the list where it is absent. */
    public void append(JsonNode value, Reason reason) {
        JsonNode list = listOrMissing();
        if (list.isMissingNode()) {
            write(JsonNodeFactory.instance.arrayNode());
        }
        new EditableField(manifest, this, elementPath(list.size(), value)).set(value, reason);
    }

    private void write(JsonNode value) {
        EditableField holder = parent();
        boolean replaced = !value().isMissingNode();
        if (path().isElement()) {
            ArrayNode list = (ArrayNode) holder.value();
            if (replaced) {
                list.set(path().index(), value);
            } else {
                list.add(value);
            }
        } else {
            if (holder.isAbsent()) {
                holder.write(JsonNodeFactory.instance.objectNode());
            }
            ((ObjectNode) holder.value()).set(path().name(), value);
        }
        manifest.patch(replaced ? "replace" : "add", path(), value);
    }
}
