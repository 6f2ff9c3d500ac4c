package dev.penstock.rules;

/** Fills in one topic of what the author left out. */
@FunctionalInterface
public interface Defaults {
    /** Writes into the draft; nothing where the author left nothing out. Running it again writes nothing. */
    void fill(Draft draft);
}
