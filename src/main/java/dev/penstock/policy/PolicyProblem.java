package dev.penstock.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a policy cannot be used.
 *
 * @param path the field, such as {@code spec.rules.imageTag.action}; empty for the document as a whole
 * @param message what is wrong and what would be right
 */
public record PolicyProblem(String path, String message) {
    /** How many are told of a document, or of a set of documents: anyone may write one, and nobody reads on. */
    public static final int MOST = 100;

    /** All of them in one line. */
    public static String line(List<PolicyProblem> problems) {
        return problems.stream().map(PolicyProblem::toString).collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
