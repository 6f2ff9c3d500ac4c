package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.FreePorts;
import dev.penstock.controlplane.KeptAlive;
import dev.penstock.controlplane.Kubelet;
import dev.penstock.controlplane.ReviewLoad;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.Usage;
import dev.penstock.controlplane.WebhookProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged webhook under more than it can answer, and for long under what it can. */
class OverloadIT {
    private static final int RATED = 1_000; // reviews a second, on two cores
    private static final int REVIEWS = 20_000;
    private static final int CONNECTIONS = 400;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Of the soak: an hour is {@code -Dpenstock.soak=3600}. */
    private static final Duration SOAK = Duration.ofSeconds(Integer.getInteger("penstock.soak", 45));

    // What is opened or started once, at whatever time: each event loop has three files from when it is first used.
    private static final int SOME = 24;
    private static final long MIB = 1 << 20;
    // The Deployment's limit. The virtual machine's heap is bounded by as much, and it takes as much again for itself.
    private static final long MEMORY = (WebhookProcess.isNative() ? 256 : 512) * MIB;

    @TempDir
    Path folder;

    private byte[] bundle;
    private WebhookProcess webhook;

    @BeforeEach
    void start() throws IOException {
        ServerCertificate certificate = ServerCertificate.make(folder);
        bundle = Files.readAllBytes(certificate.certificate());
        webhook = WebhookProcess.startAt(FreePorts.pick(), certificate, List.of());
    }

    @AfterEach
    void stop() {
        webhook.close();
    }

    /** Each has a connection of its own, up to what one API server opens; one in a hundred is long. */
    @Test
    void nothingPilesUpUnderTenTimesTheLoad() throws IOException {
        List<byte[]> bodies = new ArrayList<>(Collections.nCopies(99, body(0)));
        bodies.add(body(1 << 20));
        Usage before = webhook.usage();
        AtomicLong most = new AtomicLong();
        ReviewLoad load = ReviewLoad.start(webhook.endpoint(), bundle, bodies, CONNECTIONS, 10 * RATED);
        Kubelet kubelet = Kubelet.watch(webhook.management());
        try (load;
                kubelet) {
            Await.until(
                    "so many answers",
                    LIMIT,
                    () -> {
                        most.accumulateAndGet(webhook.usage().memory(), Math::max);
                        return load.answered() >= REVIEWS;
                    },
                    () -> load.answers() + webhook.output());
        }
        long end = System.nanoTime();
        try (KeptAlive connection = KeptAlive.to(webhook.endpoint(), bundle)) {
            assertThat(connection.post("/mutate", body(0)).status()).isEqualTo(200);
            System.out.printf(
                    "Under ten times the load: %s; %s. The first review and its connection after it: %d ms%n",
                    kubelet, load.answers(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - end));
            assertThat(connection.post("/mutate", body(6 << 20)).status()).isEqualTo(200);
        }
        assertThat(load.answers()).containsKey("200");
        assertThat(load.answers().keySet()).isSubsetOf("200", "503 after 1");
        assertThat(kubelet.verdicts()).as(kubelet::toString).isEmpty();
        assertThat(kubelet.answered()).isPositive();
        assertThat(most).hasValueLessThan(MEMORY);
        assertNoMoreThan(before);
    }

    /** As trees, all of them at once would take more memory than there is. */
    @Test
    void longReviewsTakeTurns() throws IOException {
        AtomicLong most = new AtomicLong();
        try (ReviewLoad load = ReviewLoad.start(webhook.endpoint(), bundle, List.of(denseBody(60_000)), 6, RATED)) {
            Await.until(
                    "so many answers",
                    LIMIT,
                    () -> {
                        most.accumulateAndGet(webhook.usage().memory(), Math::max);
                        return load.answered() >= 30;
                    },
                    () -> load.answers() + webhook.output());
            assertThat(load.answers()).containsKey("200");
            assertThat(load.answers().keySet()).isSubsetOf("200", "503 after 1");
        }
        assertThat(most).hasValueLessThan(MEMORY);
        assertThat(webhook.output()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void nothingGrowsWithTime() throws IOException {
        List<byte[]> bodies = List.of(body(0));
        try (ReviewLoad load = ReviewLoad.start(webhook.endpoint(), bundle, bodies, 16, RATED)) {
            Await.until("warmth", LIMIT, () -> load.answered() >= 10 * RATED, webhook::output);
            Usage warm = webhook.usage();
            long needed = webhook.memory();
            long end = System.nanoTime() + SOAK.toNanos();
            Await.until(
                    "the end",
                    SOAK.plus(LIMIT),
                    () -> {
                        connectOnce();
                        return System.nanoTime() > end;
                    },
                    webhook::output);
            assertThat(load.answers()).containsOnlyKeys("200");
            assertThat(webhook.memory()).isLessThan(needed + 16 * MIB);
            assertNoMoreThan(warm);
        }
    }

    private void connectOnce() {
        try {
            KeptAlive.to(webhook.endpoint(), bundle).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertNoMoreThan(Usage before) {
        Await.until(
                "no more open files than before",
                LIMIT,
                () -> webhook.usage().files() <= before.files() + SOME,
                () -> before + " " + webhook.usage());
        assertThat(webhook.usage().threads()).isLessThanOrEqualTo(before.threads() + SOME);
    }

    /** @param variables of the environment, each of which is some 30 bytes */
    private static byte[] denseBody(int variables) {
        ObjectNode pipeline = Case.read(Case.named("minimal").input());
        ArrayNode environment = pipeline.withArray("/spec/jobTemplate/spec/template/spec/containers")
                .addObject()
                .put("name", "main")
                .put("image", "churn:1.0")
                .putArray("env");
        IntStream.range(0, variables)
                .forEach(i -> environment.addObject().put("name", "A" + i).put("value", "b"));
        return review(pipeline);
    }

    /** @param ballast in a pipeline's annotation, which is as long as that */
    private static byte[] body(int ballast) {
        ObjectNode pipeline = Case.read(Case.named("minimal").input());
        pipeline.withObject("/metadata/annotations").put("example.com/ballast", " ".repeat(ballast));
        return review(pipeline);
    }

    private static byte[] review(ObjectNode pipeline) {
        return ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":"
                        + WebhookClient.request("CREATE", pipeline) + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
