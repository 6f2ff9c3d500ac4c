package dev.penstock.cli;

import java.util.Objects;

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

    Unread in(String file) {
        Place place = line > 0 ? new Place(line, column, 1) : Place.NOWHERE;
        return new Unread(file, place, Objects.requireNonNull(getMessage()));
    }
}
