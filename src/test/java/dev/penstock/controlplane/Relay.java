package dev.penstock.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way to an API server, which can be cut while the server itself goes on. It is cut to begin with. */
public final class Relay implements AutoCloseable {
    private static final Pattern SERVER = Pattern.compile("server: *\"?(https://[^\"\\s]+)\"?");

    private static final int BUFFER = 1 << 14;

    private final CountDownLatch silence = new CountDownLatch(1); // which nobody breaks: its threads are daemons
    private final URI server;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> stalled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean cut = true;

    private Relay(URI server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** To the API server of a control plane. */
    public static Relay to(ControlPlane controlPlane) {
        try {
            Matcher matcher = SERVER.matcher(Files.readString(controlPlane.kubeconfig()));
            if (!matcher.find()) {
                throw new IllegalStateException("no server in " + controlPlane.kubeconfig());
            }
            Relay relay =
                    new Relay(URI.create(matcher.group(1)), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            relay.run(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What goes by this way: a copy of the control plane's kubeconfig in this folder. */
    public Path kubeconfig(ControlPlane controlPlane, Path folder) {
        try {
            String text = SERVER.matcher(Files.readString(controlPlane.kubeconfig()))
                    .replaceAll("server: https://127.0.0.1:" + listener.getLocalPort());
            return Files.writeString(folder.resolve("relayed"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets everything pass from now on. */
    public void mend() {
        cut = false;
    }

    /** Hangs up on every connection, and on each that comes until it is mended. */
    public void cut() {
        cut = true;
        open.forEach(Relay::close);
    }

    /** Passes nothing on any more on the connections that there are, as where a load balancer is lost; on new ones it does. */
    public void stall() {
        stalled.addAll(open);
    }

    /** How many connections were turned away. */
    public int refused() {
        return refused.get();
    }

    private void run(Runnable action) {
        Thread thread = new Thread(action, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (cut) {
                    refused.incrementAndGet();
                    client.close();
                } else {
                    pass(client, new Socket(server.getHost(), server.getPort()));
                }
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void pass(Socket client, Socket target) {
        open.add(client);
        open.add(target);
        run(() -> copy(client, target));
        run(() -> copy(target, client));
        if (cut) {
            open.forEach(Relay::close);
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0 || stalled.contains(from); read = in.read(buffer)) {
                if (stalled.contains(from)) {
                    silence.await(); // not even the end is passed on
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One of them hung up, and so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
