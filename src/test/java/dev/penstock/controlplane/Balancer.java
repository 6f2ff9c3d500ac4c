package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * HAProxy in front of replicas of the webhook, by TCP: what a Service and kube-proxy are in a cluster. A replica gets new
 * connections while it is ready; those that it has stay.
 */
public final class Balancer implements AutoCloseable {
    private static final String PROGRAM = "haproxy";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final int port;
    private final Cleanup cleanup;

    private Balancer(int port, Path folder, ChildProcess process) {
        this.port = port;
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
        int port = FreePorts.pick().first();
        Path folder = Scratch.folder("balancer");
        String servers = IntStream.range(0, replicas.size())
                .mapToObj(i -> "  server replica-" + i + " 127.0.0.1:"
                        + replicas.get(i).first() + " check port "
                        + replicas.get(i).second() + "\n")
                .collect(Collectors.joining());
        try {
            Path configuration = Files.writeString(folder.resolve("haproxy.cfg"), """
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
                      option redispatch 1
                      option httpchk GET /q/health/ready
                      default-server inter 100ms fall 1 rise 1
                    """.formatted(port) + servers);
            Path log = folder.resolve("output");
            ChildProcess process = ChildProcess.start(new ProcessBuilder(PROGRAM, "-db", "-f", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile()));
            Balancer balancer = new Balancer(port, folder, process);
            Await.until("HAProxy to listen", LIMIT, () -> WebhookProcess.listens(port), () -> text(log));
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
        return URI.create("https://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
