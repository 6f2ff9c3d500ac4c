package dev.penstock.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Reason;
import dev.penstock.policy.Action;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Collects the findings of one rule by one policy. A finding's path is that of the field that was read, so that both agree. */
final class Findings {
    private final String rule;
    private final String policy;
    private final Action action;
    private final Action most;
    private final boolean early;
    private final String source;
    private final List<Finding> collected;

    /**
     * @param action of the rule
     * @param most what a finding of the policy comes to at most
     * @param collected where findings go
     */
    Findings(String rule, String policy, Action action, Action most, List<Finding> collected) {
        this(rule, policy, action, most, false, "", collected);
    }

    private Findings(
            String rule,
            String policy,
            Action action,
            Action most,
            boolean early,
            String source,
            List<Finding> collected) {
        this.rule = rule;
        this.policy = policy;
        this.action = action.atMost(most);
        this.most = most;
        this.early = early;
        this.source = source;
        this.collected = collected;
    }

    /** For what the API server would refuse by itself right after, or what keeps defaults from being filled in. */
    Findings early() {
        return new Findings(rule, policy, action, most, true, source, collected);
    }

    /** For what is a warning at most, whatever the rule's action. */
    Findings warning() {
        return new Findings(rule, policy, action.atMost(Action.WARN), most, early, source, collected);
    }

    /** For what is denied by any action but Ignore, where the policy enforces its rules and has no exemption. */
    Findings denial() {
        return new Findings(rule, policy, Action.DENY, most, early, source, collected);
    }

    /** For a value that, where it was filled in, is from there rather than from what named the field. */
    Findings from(Reason reason) {
        return new Findings(rule, policy, action, most, early, reason.toString(), collected);
    }

    /** The field must be given. */
    void required(Field field, String detail) {
        add(Finding.Kind.REQUIRED, field, detail);
    }

    /** The field's value is wrong. */
    void invalid(Field field, String detail) {
        add(Finding.Kind.INVALID, field, detail);
    }

    /**
     * The field's value is wrong, and another stands for it: what counts is a part of it, or more than the field.
     *
     * @param counted in place of the value; also what tells this finding from one of before
     */
    void invalid(Field field, JsonNode counted, String detail) {
        add(Finding.Kind.INVALID, field.path(), counted, detail);
    }

    /** The field holds a secret, which a finding never shows. */
    void secret(Field field, Credential credential, String detail) {
        add(Finding.Kind.INVALID, field.path(), credential.shown(), credential.secret(), detail);
    }

    /** The field's value is none of those that are allowed. */
    void notSupported(Field field, Collection<String> allowed) {
        notSupported(field, allowed, "");
    }

    /** @param hint what else would help, with its punctuation; may be empty */
    void notSupported(Field field, Collection<String> allowed, String hint) {
        String values = allowed.stream().map(value -> '"' + value + '"').collect(Collectors.joining(", "));
        add(Finding.Kind.NOT_SUPPORTED, field, "supported values: " + values + hint);
    }

    /** The field may not be changed like this. */
    void forbidden(Field field, String detail) {
        add(Finding.Kind.FORBIDDEN, field, detail);
    }

    /** The text is longer than it may be. */
    void tooLong(Field field, String detail) {
        add(Finding.Kind.TOO_LONG, field, detail);
    }

    private void add(Finding.Kind kind, Field field, String detail) {
        add(kind, field.path(), field.value(), detail);
    }

    private void add(Finding.Kind kind, FieldPath path, JsonNode value, String detail) {
        String written = value.isMissingNode() || value.isNull() ? "" : value.toString();
        Credentials.inField(path, value)
                .ifPresentOrElse(
                        credential -> add(
                                kind,
                                path,
                                credential.shown(),
                                new Finding.Secret(written),
                                credential.hiddenIn(detail)),
                        () -> add(kind, path, written, written, detail));
    }

    private void add(Finding.Kind kind, FieldPath path, String shown, Object held, String detail) {
        collected.add(new Finding(rule, policy, action, kind, path, shown, held, detail, early, source));
    }
}
