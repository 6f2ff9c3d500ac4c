package dev.penstock.bench;

import org.jspecify.annotations.Nullable;

/**
 * One figure.
 *
 * @param program that was measured: {@code JVM}, {@code native}, or one to compare with
 * @param unit such as {@code ms}; {@code ×} for a ratio
 * @param bar null where there is none, because others are judged by this figure
 */
record Row(String benchmark, String program, String what, Spread figure, String unit, @Nullable Bar bar) {
    static Row of(String benchmark, String program, String what, Spread figure, String unit) {
        return new Row(benchmark, program, what, figure, unit, null);
    }

    Row to(Bar judged) {
        return new Row(benchmark, program, what, figure, unit, judged);
    }

    boolean failed() {
        return bar != null && !bar.holds(figure.median());
    }
}
