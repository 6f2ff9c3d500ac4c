package dev.penstock.bench;

import java.util.Locale;

/** Who is asked about a pipeline, by the label {@code penstock.dev/bench}. */
record Peer(String name) {
    /** Nobody. */
    static final Peer NONE = new Peer("none");
    /** A webhook in Go that allows everything at once. */
    static final Peer GO = new Peer("go");
    /** The same webhook that answers at once what Penstock does. */
    static final Peer GO_PATCHING = new Peer("go-patching");
    /** Kubernetes' own admission policies. */
    static final Peer POLICIES = new Peer("policies");

    /** Whether it fills in the arguments. */
    boolean fillsIn() {
        return !equals(NONE) && !equals(GO);
    }

    static Peer of(Program program) {
        return new Peer(program.name().toLowerCase(Locale.ROOT));
    }
}
