package dev.penstock.rules;

import dev.penstock.manifest.FieldPath;
import dev.penstock.policy.Action;
import dev.penstock.text.Beginning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One rule's objection to one field.
 *
 * @param rule the rule's id
 * @param policy whose setting of the rule found it, by its name
 * @param action what becomes of it: never {@code Ignore}
 * @param kind of objection
 * @param path the field
 * @param value what the field holds, as JSON; empty where it is absent; of a secret what may be shown
 * @param held what tells the value from any other: the same, or a {@link Secret}
 * @param detail what is wrong and what would be right, in one line
 * @param early whether it must be said when defaults are filled in: they cannot be, or the API server would refuse the
 *     object right after, in its own words only
 * @param source the policy, defaults or annotation that named the value that was filled in; empty where none did
 */
public record Finding(
        String rule,
        String policy,
        Action action,
        Kind kind,
        FieldPath path,
        String value,
        Object held,
        String detail,
        boolean early,
        String source) {

    /** A value that is only compared. */
    public record Secret(String value) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** Kubernetes' kinds of field errors: apimachinery, validation/field/errors.go. */
    public enum Kind {
        REQUIRED("FieldValueRequired", "Required value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long");

        private final String reason;
        private final String words;

        Kind(String reason, String words) {
            this.reason = reason;
            this.words = words;
        }

        /** As in a cause of a status. */
        public String reason() {
            return reason;
        }
    }

    // An author recognises a value by its beginning; a longer one would drown the sentence.
    private static final int SHOWN = 80;

    /** In Kubernetes' words: {@code Invalid value: "FRI-MON": … (rule schedule)}. */
    public String message() {
        boolean quotes = kind == Kind.INVALID || kind == Kind.NOT_SUPPORTED;
        return kind.words
                + (quotes && !value.isEmpty() ? ": " + shown(value) : "")
                + ": " + detail
                + (source.isEmpty() ? "" : "; filled in: " + shown(source))
                + " (rule " + rule + ")";
    }

    private static String shown(String text) {
        return text.length() > SHOWN ? Beginning.of(text, SHOWN) + "…" : text;
    }

    /** The same with another action. */
    public Finding with(Action other) {
        return new Finding(rule, policy, other, kind, path, value, held, detail, early, source);
    }

    /**
     * The same of a value that was filled in from there, where its rule does not know it better.
     *
     * @param where may be empty: it was not filled in
     */
    public Finding from(String where) {
        String known = where.isEmpty() || source.isEmpty() ? where : source;
        return new Finding(rule, policy, action, kind, path, value, held, detail, early, known);
    }

    /** The same without what another says as well: of those that say the same of the same field, the first of the strongest. */
    static List<Finding> strongest(List<Finding> findings) {
        Map<List<String>, Finding> strongest = new LinkedHashMap<>();
        findings.forEach(finding -> strongest.merge(
                List.of(finding.path.toString(), finding.message()),
                finding,
                (first, other) -> other.action.compareTo(first.action) > 0 ? other : first));
        return List.copyOf(strongest.values());
    }

    /**
     * What it says of which value of which field, wherever the field's element now stands in a list: equal for two findings that say
     * the same.
     */
    public Identity identity() {
        boolean isUnnamed = path.isElement() && path.name().isEmpty(); // such as an argument: told by its value alone
        return new Identity(rule, kind, isUnnamed ? path.parent().stable() : path.stable(), held, detail);
    }

    /** @param path by merge keys; of an element without one, the list's */
    public record Identity(String rule, Kind kind, String path, Object held, String detail) {}
}
