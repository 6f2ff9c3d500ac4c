package dev.penstock.policy;

/**
 * Why a policy cannot be used.
 *
 * @param path the field, such as {@code spec.rules.imageTag.action}; empty for the document as a whole
 * @param message what is wrong and what would be right
 */
public record PolicyProblem(String path, String message) {
    /** How many are told of a document, or of a set of documents: anyone may write one, and nobody reads on. */
    public static final int MOST = 100;

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
