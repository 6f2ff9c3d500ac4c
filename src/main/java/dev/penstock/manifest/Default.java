package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * What is to be filled in where the author left it out.
 *
 * @param field where
 * @param value not absent
 * @param reason where the value comes from
 * @param serverDefault what the API server fills in there; a missing node where it leaves the field absent
 * @param basis the field from which the value follows: an edit of it is one of this field too; null where there is none
 * @param latest whether a change of the basis is the author's latest word on this field as well
 */
public record Default(
        EditableField field,
        JsonNode value,
        Reason reason,
        JsonNode serverDefault,
        @Nullable Field basis,
        boolean latest) {

    public static Default of(EditableField field, JsonNode value, Reason reason) {
        return new Default(field, value, reason, ServerDefaults.of(field.path()), null, false);
    }

    public static Default of(EditableField field, String value, Reason reason) {
        return of(field, TextNode.valueOf(value), reason);
    }

    /** The same where the value follows from another field. */
    public Default after(Field other) {
        return new Default(field, value, reason, serverDefault, other, false);
    }

    /** The same where the value is that of another field, which its author changes instead of this one. */
    public Default as(Field other) {
        return new Default(field, value, reason, serverDefault, other, true);
    }

    /** The same where the API server's default depends on other fields. */
    public Default besides(JsonNode filledIn) {
        return new Default(field, value, reason, filledIn, basis, latest);
    }
}
