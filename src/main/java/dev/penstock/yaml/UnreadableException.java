package dev.penstock.yaml;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A document that is none: says where, and what is wrong. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Place place;

    /**
     * @param line from 1; 0 where the whole file is meant
     * @param message one line
     */
    public UnreadableException(int line, int column, String message) {
        super(message);
        this.place = line > 0 ? new Place(line, column, 1) : Place.NOWHERE;
    }

    /** Of a file that cannot be read at all. */
    public UnreadableException(IOException failure) {
        this(0, 0, why(failure));
    }

    private static String why(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "cannot be read: permission denied";
        }
        String why = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return "cannot be read: " + (why == null ? failure.getClass().getSimpleName() : why);
    }

    /** Where it is; nowhere where the whole file is meant. */
    public Place place() {
        return place;
    }
}
