package dev.penstock.bench;

/** What a figure has to come to. */
record Bar(double limit, boolean isLeast) {
    static Bar atMost(double limit) {
        return new Bar(limit, false);
    }

    static Bar atLeast(double limit) {
        return new Bar(limit, true);
    }

    boolean holds(double value) {
        return isLeast ? value >= limit : value <= limit;
    }

    /** How much of what is allowed is used: 1 is the bar itself, more is too much. */
    double used(double value) {
        return isLeast ? limit / value : value / limit;
    }

    @Override
    public String toString() {
        return (isLeast ? "≥ " : "≤ ") + Spread.text(limit);
    }
}
