package dev.penstock.cli;

/** How the program ends. */
final class ExitCode {
    /** All is well, or warned of. */
    static final int OK = 0;

    /** Something is denied. */
    static final int DENIED = 1;

    /** The webhook cannot start. */
    static final int NOT_STARTED = 1;

    /** No verdict: what was asked is wrong, as picocli has it, or something cannot be read or written. */
    static final int NO_VERDICT = 2;

    private ExitCode() {}
}
