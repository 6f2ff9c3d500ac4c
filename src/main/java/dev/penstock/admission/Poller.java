package dev.penstock.admission;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks at something again and again, on a thread of its own, until it is closed. A look that fails is logged once. */
final class Poller implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Poller.class);

    private final CountDownLatch closed = new CountDownLatch(1);
    private String told = "";

    private Poller() {}

    /** @param name of the thread */
    static Poller start(String name, long millis, Runnable look) {
        Poller poller = new Poller();
        Thread thread = new Thread(() -> poller.poll(name, millis, look), name);
        thread.setDaemon(true);
        thread.start();
        return poller;
    }

    private void poll(String name, long millis, Runnable look) {
        try {
            while (!closed.await(millis, TimeUnit.MILLISECONDS)) {
                look(name, look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(String name, Runnable look) {
        try {
            look.run();
            told = "";
        } catch (Throwable e) { // a thread that ends once would never look again
            if (!e.toString().equals(told)) {
                told = e.toString();
                LOG.errorf(e, "looking at %s failed, and will be tried again", name);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
