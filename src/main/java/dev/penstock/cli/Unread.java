package dev.penstock.cli;

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

    /** With where it is, as compilers write it: {@code churn.yaml:3:7: …}. */
    @Override
    public String toString() {
        return place.in(file) + ": " + message;
    }
}
