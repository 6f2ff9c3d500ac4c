package dev.penstock.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The probes of {@code deploy/}, sent as a kubelet sends them: each by a connection of its own, and failed where there is no
 * answer in time.
 */
public final class Kubelet implements AutoCloseable {
    private static final Path DEPLOYMENT = Path.of("deploy", "deployment.yaml");

    private final URI management;
    private final Queue<String> verdicts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<CompletableFuture<Void>> threads = new ArrayList<>();

    private Kubelet(URI management) {
        this.management = management;
    }

    private record Probe(String name, String path, int timeoutSeconds, int failureThreshold) {
        static Probe of(String name) {
            try {
                JsonNode probe =
                        new YAMLMapper().readTree(DEPLOYMENT.toFile()).at("/spec/template/spec/containers/0/" + name);
                return new Probe(
                        name,
                        probe.at("/httpGet/path").asText(),
                        probe.path("timeoutSeconds").asInt(),
                        probe.path("failureThreshold").asInt());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Begins, and goes on until it is closed. */
    public static Kubelet watch(URI management) {
        Kubelet kubelet = new Kubelet(management);
        for (String name : List.of("livenessProbe", "readinessProbe")) {
            Probe probe = Probe.of(name);
            kubelet.threads.add(CompletableFuture.runAsync(
                    () -> kubelet.send(probe), command -> new Thread(command, name).start()));
        }
        return kubelet;
    }

    /** More often than is shipped, so that there are many of them in a short time. */
    private void send(Probe probe) {
        int failures = 0;
        try {
            while (!over.await(200, TimeUnit.MILLISECONDS)) {
                failures = isAnswered(probe) ? 0 : failures + 1;
                if (failures == probe.failureThreshold) {
                    verdicts.add(probe.name + " failed " + failures + " times");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAnswered(Probe probe) {
        long start = System.nanoTime();
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) management.resolve(probe.path).toURL().openConnection();
            connection.setRequestProperty("Connection", "close");
            connection.setConnectTimeout(probe.timeoutSeconds * 1000);
            connection.setReadTimeout(probe.timeoutSeconds * 1000);
            boolean good = connection.getResponseCode() == 200;
            connection.disconnect();
            (good ? answered : failed).incrementAndGet();
            return good;
        } catch (IOException e) {
            failed.incrementAndGet();
            return false;
        } finally {
            slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        }
    }

    /** Each time that it would have ended the container, or taken it out of the Service. */
    public List<String> verdicts() {
        return List.copyOf(verdicts);
    }

    /** How many probes were answered well. */
    public int answered() {
        return answered.get();
    }

    /** In words. */
    @Override
    public String toString() {
        return answered + " probes answered, " + failed + " failed, the slowest after "
                + TimeUnit.NANOSECONDS.toMillis(slowestNanos.get()) + " ms";
    }

    @Override
    public void close() {
        over.countDown();
        threads.forEach(CompletableFuture::join);
    }
}
