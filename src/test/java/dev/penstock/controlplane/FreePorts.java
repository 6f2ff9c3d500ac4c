package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Two different ports that nobody listens on. Another process may take one before it is used, so that who uses them must
 * be ready to ask again.
 */
public record FreePorts(int first, int second) {
    public static FreePorts pick() {
        InetAddress any = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 0, any);
                ServerSocket other = new ServerSocket(0, 0, any)) {
            return new FreePorts(one.getLocalPort(), other.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
