package dev.penstock.controlplane;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reviews that fall due at a rate, whether the webhook keeps up or not. Each takes a connection that is free; where none is, it
 * waits for one here, as it would in an API server.
 */
public final class ReviewLoad implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final URI endpoint;
    private final byte[] bundle;
    private final List<byte[]> bodies;
    private final Semaphore due = new Semaphore(0);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final List<CompletableFuture<Void>> threads = new ArrayList<>();

    private ReviewLoad(URI endpoint, byte[] bundle, List<byte[]> bodies) {
        this.endpoint = endpoint;
        this.bundle = bundle;
        this.bodies = bodies;
    }

    /**
     * Begins, and goes on until it is closed.
     *
     * @param bodies sent to {@code /mutate} in turns
     * @param connections at most
     */
    public static ReviewLoad start(URI endpoint, byte[] bundle, List<byte[]> bodies, int connections, int perSecond) {
        ReviewLoad load = new ReviewLoad(endpoint, bundle, bodies);
        IntStream.range(0, connections).forEach(i -> load.run("reviews " + i, load::send));
        load.run("reviews fall due", () -> load.fallDue(perSecond));
        return load;
    }

    private void run(String name, Runnable action) {
        threads.add(CompletableFuture.runAsync(action, command -> new Thread(command, name).start()));
    }

    private void fallDue(int perSecond) {
        long start = System.nanoTime();
        long released = 0;
        while (!over.get()) {
            long now = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
            due.release((int) (now - released));
            released = now;
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void send() {
        KeptAlive connection = null;
        while (awaitDue()) {
            connection = send(connection);
        }
        close(connection);
    }

    private boolean awaitDue() {
        due.acquireUninterruptibly();
        return !over.get();
    }

    /** @return the connection to go on with; null where it is lost */
    private @Nullable KeptAlive send(@Nullable KeptAlive connection) {
        KeptAlive used = connection;
        try {
            if (used == null) {
                used = KeptAlive.to(endpoint, bundle);
            }
            KeptAlive.Answer answer = used.post("/mutate", bodies.get(sent.getAndIncrement() % bodies.size()));
            count(answer.status()
                    + answer.value("Retry-After")
                            .map(seconds -> " after " + seconds)
                            .orElse(""));
            return used;
        } catch (IOException e) {
            count(e.toString());
            close(used);
            return null;
        }
    }

    private static void close(@Nullable KeptAlive connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    private void count(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    /** How many there were of each, such as {@code 200} or {@code 503 after 1}; what is no answer, by its message. */
    public Map<String, Integer> answers() {
        return answers;
    }

    /** How many answers there were. */
    public int answered() {
        return answers.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Lets what is under way come to its end, and closes every connection. */
    @Override
    public void close() {
        over.set(true);
        due.release(threads.size());
        threads.forEach(CompletableFuture::join);
    }
}
