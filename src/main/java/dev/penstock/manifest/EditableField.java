package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field that defaults may write, through a {@link Defaulter}. It always shows what the manifest holds now, and every write
 * is recorded as a patch operation and a {@link Change}.
 */
public final class EditableField extends Field {
    private final Manifest manifest;
    private final @Nullable EditableField parent;
    private JsonNode value; // as it was after so many writes to the manifest
    private int writes;
    private List<EditableField> elements = List.of(); // likewise
    private int writesOfElements = -1;

    private EditableField(Manifest manifest, @Nullable EditableField parent, FieldPath path, JsonNode value) {
        super(path, MissingNode.getInstance());
        this.manifest = manifest;
        this.parent = parent;
        this.value = value;
        this.writes = manifest.writes();
    }

    /** The object itself. */
    EditableField(Manifest manifest) {
        this(manifest, null, FieldPath.ROOT, manifest.tree());
    }

    @Override
    public JsonNode value() {
        if (parent != null && writes != manifest.writes()) {
            JsonNode holder = parent.value();
            value = path().isElement() ? holder.path(path().index()) : holder.path(path().name());
            writes = manifest.writes();
        }
        return value;
    }

    @Override
    public EditableField at(String... names) {
        EditableField field = this;
        for (String name : names) {
            field = field.at(name);
        }
        return field;
    }

    @Override
    public EditableField at(FieldPath members) {
        return (EditableField) super.at(members);
    }

    @Override
    public EditableField at(String name) {
        return (EditableField) super.at(name);
    }

    @Override
    EditableField made(String name, JsonNode value) {
        return new EditableField(manifest, this, path().member(name), value);
    }

    private EditableField element(FieldPath at) {
        return new EditableField(manifest, this, at, value().path(at.index()));
    }

    @Override
    public List<EditableField> elements() {
        JsonNode list = listOrMissing();
        if (writesOfElements != manifest.writes()) {
            List<EditableField> now = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                now.add(element(i, key(list.get(i))));
            }
            elements = Collections.unmodifiableList(now);
            writesOfElements = manifest.writes();
        }
        return elements;
    }

    /** The one that stood there before, where it is called the same: what was asked of its path is still right. */
    private EditableField element(int index, String key) {
        EditableField before = index < elements.size() ? elements.get(index) : null;
        return before != null && before.path().name().equals(key) ? before : element(path().element(index, key));
    }

    /** The field that holds this one. Only the object itself has none. */
    public EditableField parent() {
        return Objects.requireNonNull(parent, "the object itself has no parent");
    }

    @Override
    public Optional<EditableField> find(String stablePath) {
        return super.find(stablePath).map(EditableField.class::cast);
    }

    /** The element of this list with this merge key; where there is none, the one that could be put behind the last. */
    public EditableField element(String key) {
        JsonNode list = listOrMissing();
        int index = 0;
        while (index < list.size() && !key(list.get(index)).equals(key)) {
            if (!list.get(index).isObject()) {
                elements().get(index).objectOrMissing();
            }
            index++;
        }
        EditableField element = index < list.size() ? elements().get(index) : element(path().element(index, key));
        element.objectOrMissing();
        return element;
    }

    /** Whether a value that holds this one is among these. */
    boolean isWithin(Set<JsonNode> holders) {
        for (EditableField holder = parent; holder != null; holder = holder.parent) {
            if (holders.contains(holder.value())) {
                return true;
            }
        }
        return false;
    }

    /** Writes the value, making what holds it where that is absent. Writing what is there is no write. */
    void set(JsonNode value, Reason reason) {
        JsonNode before = value();
        if (before.equals(value)) {
            return;
        }
        // Copies, so that a later write changes neither the policy's tree nor what is reported of this one.
        write(value.deepCopy());
        manifest.record(new Change(path(), before, value.deepCopy(), reason));
    }

    /** Puts the value where the manifest has nothing and an apply of it leaves this. */
    void leave(JsonNode value) {
        for (EditableField field = this; field.isAbsent(); field = field.parent()) {
            manifest.leave(field.path());
        }
        write(value.deepCopy());
    }

    /** Puts the value into this list, before what stands at the position, making the list where it is absent. */
    EditableField insert(int position, JsonNode value, Reason reason) {
        EditableField element = element(elementPath(position, value));
        if (position == listOrMissing().size()) {
            element.set(value, reason);
        } else {
            JsonNode copy = value.deepCopy();
            ((ArrayNode) value()).insert(position, copy);
            manifest.patch("add", element, copy);
            manifest.record(new Change(element.path(), MissingNode.getInstance(), value.deepCopy(), reason));
        }
        return element;
    }

    /** Puts the elements of these keys, which are there, behind all others of this list, in this order. */
    void moveLast(List<String> keys) {
        List<String> now =
                elements().stream().map(element -> element.path().name()).toList();
        if (!now.subList(now.size() - keys.size(), now.size()).equals(keys)) {
            for (String key : keys) {
                EditableField element = element(key);
                JsonNode value = element.value();
                element.erase();
                element(path().element(now.size() - 1, key)).write(value);
            }
        }
    }

    /** Takes the field away. Taking away what is not there is no write. */
    void remove(Reason reason) {
        JsonNode before = value();
        if (!before.isMissingNode()) {
            erase();
            manifest.record(new Change(path(), before, MissingNode.getInstance(), reason));
        }
    }

    private void erase() {
        if (value().isMissingNode()) {
            return;
        }
        JsonNode holder = parent().value();
        if (path().isElement()) {
            ((ArrayNode) holder).remove(path().index());
        } else {
            ((ObjectNode) holder).remove(path().name());
        }
        manifest.patch("remove", this, MissingNode.getInstance());
    }

    /** Writes the value, or takes the field away for a missing node, without a change to report: it is no default. */
    void remember(JsonNode value) {
        if (value.isMissingNode()) {
            erase();
        } else if (!value().equals(value)) {
            write(value);
        }
    }

    private void write(JsonNode value) {
        EditableField holder = parent();
        boolean replaced = !value().isMissingNode();
        if (path().isElement()) {
            if (holder.isAbsent()) {
                holder.write(JsonNodeFactory.instance.arrayNode());
            }
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
        manifest.patch(replaced ? "replace" : "add", this, value);
    }
}
