package dev.penstock.controlplane;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** One connection to a webhook, which is used again and again. For one thread at a time. */
public final class KeptAlive implements AutoCloseable {
    private static final String HEAD =
            "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
    private static final String HEAD_END = "\r\n\r\n";

    private final SSLSocket socket;
    private final InputStream in;

    private KeptAlive(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * What the server says to a request.
     *
     * @param head status line and headers
     */
    public record Answer(String head, String body) {
        public int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        /** Of one of its headers. */
        public Optional<String> value(String header) {
            String start = header.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).trim())
                    .findFirst();
        }
    }

    /**
     * Connects.
     *
     * @param bundle whom it trusts, as PEM
     */
    public static KeptAlive to(URI server, byte[] bundle) throws IOException {
        return new KeptAlive(TlsClient.connect(server, bundle));
    }

    /** Sends a body, and reads the answer to its end. */
    public Answer post(String path, byte[] body) throws IOException {
        byte[] head = HEAD.formatted(path, body.length).getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        OutputStream out = socket.getOutputStream();
        out.write(request);
        out.flush();
        Answer answer = new Answer(head(), "");
        int length = answer.value("Content-Length").map(Integer::parseInt).orElse(0);
        return new Answer(answer.head(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(HEAD_END, Math.max(0, head.length() - HEAD_END.length())) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
