package dev.penstock.rules;

/** A check with a fixed id. It reads and reports; it cannot write. */
@FunctionalInterface
interface Validation {
    /** Reports what is wrong with the pipeline; nothing where all is well. */
    void check(Pipeline pipeline, Findings findings);
}
