package dev.penstock.admission;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at something again and again, on a thread of its own, until it is closed. */
final class Poller implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);

    private Poller() {}

    /** @param name of the thread */
    static Poller start(String name, long millis, Runnable look) {
        Poller poller = new Poller();
        Thread thread = new Thread(() -> poller.poll(millis, look), name);
        thread.setDaemon(true);
        thread.start();
        return poller;
    }

    private void poll(long millis, Runnable look) {
        try {
            while (!closed.await(millis, TimeUnit.MILLISECONDS)) {
                look.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
