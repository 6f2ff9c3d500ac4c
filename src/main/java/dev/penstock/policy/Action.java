package dev.penstock.policy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** What becomes of a rule's findings, from the weakest to the strongest. */
public enum Action {
    /** The rule is not checked. */
    IGNORE("Ignore"),
    /** Recorded, and not shown to the author. */
    AUDIT("Audit"),
    /** Shown to the author as a warning. */
    WARN("Warn"),
    /** The manifest is refused. */
    DENY("Deny");

    private final String spelling;

    Action(String spelling) {
        this.spelling = spelling;
    }

    /** The action of this spelling, as in a policy; empty for another. */
    public static Optional<Action> of(String spelling) {
        return Arrays.stream(values())
                .filter(action -> action.spelling.equals(spelling))
                .findFirst();
    }

    /** All of them for a sentence, the strongest first. */
    static String list() {
        return Arrays.stream(values())
                .sorted(Comparator.reverseOrder())
                .map(Action::toString)
                .collect(Collectors.joining(", "));
    }

    /** The weaker of the two. */
    public Action atMost(Action cap) {
        return compareTo(cap) <= 0 ? this : cap;
    }

    @Override
    public String toString() {
        return spelling;
    }
}
