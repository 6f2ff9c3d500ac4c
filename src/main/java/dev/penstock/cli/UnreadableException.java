package dev.penstock.cli;

/** A document that is none: says where, and what is wrong. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    /**
     * @param line from 1; 0 where the whole file is meant
     * @param message one line
     */
    UnreadableException(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** Where it is in the file, as compilers write it: {@code churn.yaml:3:7: …}. */
    String in(String file) {
        return file + (line > 0 ? ":" + line + ":" + column : "") + ": " + getMessage();
    }

    int line() {
        return line;
    }
}
