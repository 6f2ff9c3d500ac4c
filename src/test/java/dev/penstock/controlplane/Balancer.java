package dev.penstock.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * HAProxy in front of replicas of the webhook, by TCP: what a Service and kube-proxy are in a cluster. A replica gets new
 * connections until three seconds, at most, after it was ready last; those that it has stay. A connection that is refused is
 * not tried elsewhere.
 */
public final class Balancer implements AutoCloseable {
    private static final String PROGRAM = "haproxy";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FreePorts ports; // for the API server, and for its state
    private final Cleanup cleanup;

    private Balancer(FreePorts ports, Path folder, ChildProcess process) {
        this.ports = ports;
        this.cleanup = Cleanup.of(() -> {
            process.close();
            Scratch.delete(folder);
        });
    }

    /** Whether it is installed: it is never downloaded. */
    public static boolean isInstalled() {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** Starts one for the replicas at these ports, of which none need be there yet, and returns when it listens. */
    public static Balancer start(List<FreePorts> replicas) {
        FreePorts ports = FreePorts.pick();
        Path folder = Scratch.folder("balancer");
        String servers = IntStream.range(0, replicas.size())
                .mapToObj(i -> "  server replica-" + i + " 127.0.0.1:"
                        + replicas.get(i).first() + " check port "
                        + replicas.get(i).second() + "\n")
                .collect(Collectors.joining());
        try {
            Path configuration = Files.writeString(
                    folder.resolve("haproxy.cfg"), """
                    defaults
                      mode tcp
                      timeout connect 1s
                      timeout client 1m
                      timeout server 1m
                    frontend webhook
                      bind 127.0.0.1:%d
                      default_backend replicas
                    backend replicas
                      balance roundrobin
                      retries 0
                      option httpchk GET /q/health/ready
                      default-server inter 3s downinter 100ms fall 1 rise 1
                    %s
                    frontend state
                      mode http
                      bind 127.0.0.1:%d
                      stats enable
                      stats uri /
                    """.formatted(ports.first(), servers, ports.second()));
            Path log = folder.resolve("output");
            ChildProcess process = ChildProcess.start(new ProcessBuilder(PROGRAM, "-db", "-f", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile()));
            Balancer balancer = new Balancer(ports, folder, process);
            Await.until("HAProxy to listen", LIMIT, () -> WebhookProcess.listens(ports.second()), () -> text(log));
            return balancer;
        } catch (IOException e) {
            Scratch.delete(folder);
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to register instead of a replica's endpoint. */
    public URI endpoint() {
        return URI.create("https://127.0.0.1:" + ports.first());
    }

    /** Waits until it takes so many replicas for ready. */
    public void awaitReplicas(int count) {
        Await.until(count + " replicas to be ready for HAProxy", LIMIT, () -> ready() == count, this::state);
    }

    private long ready() {
        return state().lines()
                .filter(line -> line.startsWith("replicas,replica-") && line.contains(",UP,"))
                .count();
    }

    private String state() {
        try (InputStream csv = URI.create("http://127.0.0.1:" + ports.second() + "/;csv")
                .toURL()
                .openStream()) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
