package dev.penstock.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** What several rounds came to. */
record Spread(double median, double low, double high) {
    /** @param rounds at least one */
    static Spread of(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Of what two came to in the same rounds, put together round by round. */
    static Spread of(List<Double> one, List<Double> other, DoubleBinaryOperator together) {
        return of(IntStream.range(0, one.size())
                .mapToObj(round -> together.applyAsDouble(one.get(round), other.get(round)))
                .toList());
    }

    /** Without end in a round where there is nothing to compare with: noise must not pass for less than the other. */
    static Spread ratio(List<Double> one, List<Double> other) {
        return of(one, other, (a, b) -> b > 0 ? a / b : Double.POSITIVE_INFINITY);
    }

    /** As {@code 1.06 (1.01–1.12)}, with three digits that count. */
    @Override
    public String toString() {
        return low == high ? text(median) : text(median) + " (" + text(low) + "–" + text(high) + ")";
    }

    static String text(double value) {
        if (Double.isInfinite(value)) {
            return "∞";
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
