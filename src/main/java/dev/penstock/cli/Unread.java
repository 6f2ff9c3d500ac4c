package dev.penstock.cli;

import dev.penstock.yaml.Place;
import dev.penstock.yaml.UnreadableException;
import java.util.Objects;

/**
 * What could not be read.
 *
 * @param file as it is called in messages
 * @param place where in it; nowhere where the whole is meant
 * @param message what is wrong, in one line
 */
record Unread(String file, Place place, String message) {
    static Unread whole(String file, String message) {
        return new Unread(file, Place.NOWHERE, message);
    }

    static Unread of(String file, UnreadableException why) {
        return new Unread(file, why.place(), Objects.requireNonNull(why.getMessage()));
    }

    /** With where it is, as compilers write it: {@code churn.yaml:3:7: …}. */
    @Override
    public String toString() {
        return place.in(file) + ": " + message;
    }
}
