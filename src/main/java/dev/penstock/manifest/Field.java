package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field of a manifest and what it holds, for reading. There is a field for every path: one that is not in the
 * manifest is absent, and so is one that holds {@code null}, as in Kubernetes.
 *
 * <p>Not thread-safe: one review, its fields.
 *
 * <p>Reading a field as another type than it has throws {@link WrongTypeException}: the API server lets no such
 * object through, so that the request is broken.
 */
public class Field {
    // No object that is reviewed is deeper, and a path may come from anyone.
    private static final int MAX_DEPTH = 100;
    private static final int MOST_KNOWN = 16;

    private final FieldPath path;
    private final JsonNode node;
    // What was asked for, each made once: rules ask for the same fields, and each path is then spelled once.
    private @Nullable Field member; // the last of them
    private @Nullable Field sibling; // the one before
    private int members;
    private @Nullable List<Field> elements;

    Field(FieldPath path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    /** The whole object, for reading. */
    public static Field of(JsonNode object) {
        return new Field(FieldPath.ROOT, object);
    }

    public final FieldPath path() {
        return path;
    }

    /** What the field holds: a missing node or {@code null} where it is absent. Not to be written to. */
    public JsonNode value() {
        return node;
    }

    /** Whether the manifest holds the field, with another value than {@code null}. */
    public final boolean isPresent() {
        return isPresent(value());
    }

    private static boolean isPresent(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    public final boolean isAbsent() {
        return !isPresent();
    }

    /**
     * The field at the end of these member names.
     *
     * @throws WrongTypeException if a field on the way is present and no object
     */
    public Field at(String... names) {
        Field field = this;
        for (String name : names) {
            field = field.at(name);
        }
        return field;
    }

    /** The field at the end of this path, which leads through members alone. */
    public Field at(FieldPath members) {
        return members.isRoot() ? this : at(members.parent()).at(members.name());
    }

    /**
     * The member of this name.
     *
     * @throws WrongTypeException if this one is present and no object
     */
    public Field at(String name) {
        Field known = known(name);
        return known != null ? known : known(made(name, objectOrMissing().path(name)));
    }

    /** The members of the object, in order; none where it is absent. */
    public final List<Field> members() {
        JsonNode object = objectOrMissing();
        List<Field> fields = new ArrayList<>(object.size());
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Field known = known(member.getKey());
            fields.add(known != null ? known : known(made(member.getKey(), member.getValue())));
        }
        return fields;
    }

    /** The member of this name, made anew. */
    Field made(String name, JsonNode value) {
        return new Field(path.member(name), value);
    }

    /**
     * The field at a {@link FieldPath#stable() stable path} below this one; empty where an element on the way is not there, or
     * the path does not lead through what is there.
     */
    public Optional<? extends Field> find(String stablePath) {
        Field field = this;
        List<String> names = FieldPath.names(stablePath);
        if (names.size() > MAX_DEPTH) {
            return Optional.empty();
        }
        for (String name : names) {
            JsonNode value = field.value();
            if (value.isArray()) {
                Field element = field.elementCalled(name);
                if (element == null) {
                    return Optional.empty();
                }
                field = element;
            } else if (value.isObject() || field.isAbsent()) {
                field = field.at(name);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(field);
    }

    private @Nullable Field elementCalled(String name) {
        for (Field element : elements()) {
            if (element.path.isCalled(name)) {
                return element;
            }
        }
        return null;
    }

    /** The member of this name that was made before. */
    private @Nullable Field known(String name) {
        Field known = member;
        while (known != null && !known.path.name().equals(name)) {
            known = known.sibling;
        }
        return known;
    }

    /** Keeps the member, where they are few enough to be looked through. */
    private Field known(Field made) {
        if (members < MOST_KNOWN) {
            made.sibling = member;
            member = made;
            members++;
        }
        return made;
    }

    /** The elements of the list, in order; none where it is absent. Not to be written to. */
    public List<? extends Field> elements() {
        if (elements == null) {
            JsonNode list = listOrMissing();
            elements = list.isEmpty() ? List.of() : new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                elements.add(new Field(elementPath(i, list.get(i)), list.get(i)));
            }
        }
        return elements;
    }

    final FieldPath elementPath(int index, JsonNode element) {
        return path.element(index, key(element));
    }

    /** What Kubernetes merges this list by, of one of its elements; the empty string where there is none. */
    final String key(JsonNode element) {
        Optional<String> member = MergeKeys.of(path.name());
        return member.isEmpty() ? "" : element.path(member.get()).asText("");
    }

    /** The text; empty where the field is absent. */
    public final Optional<String> asText() {
        JsonNode value = present(WrongTypeException.TEXT);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new WrongTypeException(path, WrongTypeException.TEXT, value);
        }
        return Optional.of(value.textValue());
    }

    /** The whole number; empty where the field is absent. */
    public final Optional<Long> asLong() {
        JsonNode value = present("a whole number");
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new WrongTypeException(path, "a whole number", value);
        }
        return Optional.of(value.longValue());
    }

    /** The names of the object's members, in order; none where it is absent. */
    public final List<String> names() {
        List<String> names = new ArrayList<>();
        objectOrMissing().fieldNames().forEachRemaining(names::add);
        return names;
    }

    private JsonNode present(String expected) {
        JsonNode value = value();
        if (value.isContainerNode()) {
            throw new WrongTypeException(path, expected, value);
        }
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    final JsonNode objectOrMissing() {
        return objectOrMissing(value());
    }

    final JsonNode objectOrMissing(JsonNode value) {
        if (!value.isObject() && isPresent(value)) {
            throw new WrongTypeException(path, "an object", value);
        }
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    final JsonNode listOrMissing() {
        JsonNode value = value();
        if (!value.isArray() && isPresent(value)) {
            throw new WrongTypeException(path, "a list", value);
        }
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    @Override
    public String toString() {
        return path + ": " + value();
    }
}
