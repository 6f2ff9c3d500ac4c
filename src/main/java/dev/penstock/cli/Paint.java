package dev.penstock.cli;

import picocli.CommandLine.Help.Ansi;

/** Colours of a terminal, or none of them. */
enum Paint {
    COLOURS,
    PLAIN;

    /** When an output has colours. */
    enum When {
        /** On a terminal, where {@code NO_COLOR} is not set. */
        auto,
        always,
        never
    }

    static Paint of(When when) {
        boolean on = when == When.auto ? Ansi.AUTO.enabled() : when == When.always;
        return on ? COLOURS : PLAIN;
    }

    String error(String text) {
        return in("1;31", text);
    }

    String warning(String text) {
        return in("1;33", text);
    }

    String good(String text) {
        return in("32", text);
    }

    String bold(String text) {
        return in("1", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    /** By the codes of ECMA-48, SGR. */
    private String in(String codes, String text) {
        return this == PLAIN ? text : "\033[" + codes + "m" + text + "\033[0m";
    }
}
