package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cases.Case;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.FreePorts;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged webhook that is asked too much, too slowly, or when it is told to end. */
class LimitsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int DRAIN_SECONDS = 8;
    private static final int LONG = 6 << 20;

    @TempDir
    Path folder;

    private ServerCertificate certificate;
    private HttpClient client;
    private WebhookProcess webhook;

    @BeforeEach
    void start() {
        certificate = ServerCertificate.make(folder);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(certificate.sslContext())
                .build();
        webhook = WebhookProcess.startAt(
                FreePorts.pick(), certificate, List.of("--drain-seconds", String.valueOf(DRAIN_SECONDS)));
    }

    @AfterEach
    void stop() {
        webhook.kill();
        webhook.close();
    }

    /** Four bodies that stay away by a byte leave no room for a fifth of their size, and enough for what is usual. */
    @Test
    void turnsAwayWhatThereIsNoRoomFor() throws Exception {
        List<SSLSocket> senders = new ArrayList<>();
        Await.until(
                "no room for a long body",
                LIMIT,
                () -> {
                    // Where this body comes before the last of theirs, it is one of them that is turned away.
                    close(senders);
                    for (int i = 0; i < 4; i++) {
                        senders.add(sendHalfOfABody(LONG, LONG - 1));
                    }
                    return post(" ".repeat(LONG)).statusCode() == 503;
                },
                webhook::output);

        HttpResponse<String> answer = post(" ".repeat(LONG));
        assertThat(answer.body()).isEqualTo("Too many reviews at once: try again.\n");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(review().statusCode()).isEqualTo(200);

        close(senders);
        Await.until("room again", LIMIT, () -> post(" ".repeat(LONG)).statusCode() == 400, () -> "");
    }

    /** Long ones are answered one after the other, be they read or not. */
    @Test
    void whatCannotBeReadKeepsNoOtherWaiting() {
        for (int i = 0; i < 3; i++) {
            assertThat(post(" ".repeat(LONG)).statusCode()).isEqualTo(400);
        }
    }

    /** Each that is turned away has sent something by then. */
    @Test
    void keepsNothingOfWhatItTurnsAway() throws Exception {
        long before = webhook.memory();
        List<SSLSocket> senders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            senders.add(sendHalfOfABody(LONG, LONG - 1));
        }
        assertThat(webhook.memory()).isLessThan(before + (100 << 20));
        assertThat(review().statusCode()).isEqualTo(200);
        close(senders);
    }

    @Test
    void hangsUpOnWhoeverDoesNotSendTheirBody() throws Exception {
        SSLSocket sender = sendHalfOfABody(1000, 10);
        sender.setSoTimeout((int) LIMIT.toMillis());
        assertThat(sender.getInputStream().read()).isEqualTo(-1);
        assertThat(review().statusCode()).isEqualTo(200);
    }

    @Test
    void answersOnWhenItIsToldToEndAndClosesEachConnection() {
        assertThat(review().headers().firstValue("Connection")).isEmpty();
        CompletableFuture<Void> end = CompletableFuture.runAsync(webhook::close);
        Await.until("not to be ready", LIMIT, () -> webhook.readiness() == 503, webhook::output);

        HttpResponse<String> answer = review();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Connection")).hasValue("close");
        assertThat(end).isNotDone();
        end.join();
        assertThat(webhook.readiness()).isZero();
    }

    private static void close(List<SSLSocket> senders) {
        try {
            for (SSLSocket sender : senders) {
                sender.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        senders.clear();
    }

    private SSLSocket sendHalfOfABody(int length, int sent) {
        try {
            return send(length, sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SSLSocket send(int length, int sent) throws IOException {
        URI endpoint = webhook.endpoint();
        SSLSocket socket = (SSLSocket)
                certificate.sslContext().getSocketFactory().createSocket(endpoint.getHost(), endpoint.getPort());
        OutputStream out = socket.getOutputStream();
        String head = "POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(" ".repeat(sent).getBytes(StandardCharsets.UTF_8));
        out.flush();
        return socket;
    }

    private HttpResponse<String> review() {
        return post("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":"
                + WebhookClient.request(Case.named("minimal")) + "}");
    }

    private HttpResponse<String> post(String body) {
        HttpRequest request = HttpRequest.newBuilder(webhook.endpoint().resolve("/mutate"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
