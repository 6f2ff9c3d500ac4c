package dev.penstock.cli;

import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.policy.Action;
import dev.penstock.rules.Finding;
import dev.penstock.yaml.Place;

/**
 * What an author is told of a pipeline, and where it stands.
 *
 * @param rule the rule's id; {@link #WRONG_TYPE} where a field could not be read
 * @param action {@code Deny} or {@code Warn}
 * @param place of the field, or of what would hold it
 * @param message names the field; one line
 */
record Diagnostic(String rule, Action action, Place place, FieldPath field, String message) {
    /** No rule of the catalogue: without it none can be checked. */
    static final String WRONG_TYPE = "wrongType";

    static Diagnostic of(Finding finding, Place place) {
        return new Diagnostic(
                finding.rule(), finding.action(), place, finding.path(), finding.path() + ": " + finding.message());
    }

    static Diagnostic wrongType(WrongTypeException wrong, Place place) {
        return new Diagnostic(WRONG_TYPE, Action.DENY, place, wrong.path(), wrong.sentence());
    }

    String level() {
        return level(action);
    }

    /** As compilers call it: {@code error} or {@code warning}. */
    static String level(Action action) {
        return action == Action.DENY ? "error" : "warning";
    }
}
