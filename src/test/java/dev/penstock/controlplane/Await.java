package dev.penstock.controlplane;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition that another process brings about. */
public final class Await {
    private static final long INTERVAL_MILLIS = 50;

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what is waited for, to complete "waited 10 s for …"
     * @param otherwise what there is to say when it did not come to hold
     * @throws IllegalStateException if it does not hold within the limit
     */
    public static void until(String what, Duration limit, BooleanSupplier condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "waited " + limit.toSeconds() + " s for " + what + "\n" + otherwise.get());
            }
            pause();
        }
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
