package dev.penstock.bench;

import java.util.function.Consumer;

/** One of the suite. */
interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /** In half a line. */
    String title();

    /**
     * Measures.
     *
     * @throws Unmeasured where something is missing for all of it, or for what is left
     */
    void run(Setting setting, Consumer<Row> rows) throws Unmeasured;
}
