package dev.penstock.bench;

/** Something that could not be measured here. The message says why, and what it would need. */
final class Unmeasured extends Exception {
    private static final long serialVersionUID = 1;

    Unmeasured(String reason) {
        super(reason);
    }
}
