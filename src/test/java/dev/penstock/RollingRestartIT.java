package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.Balancer;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import dev.penstock.controlplane.FreePorts;
import dev.penstock.controlplane.RawApi;
import dev.penstock.controlplane.Registration;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.controlplane.WebhookProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Two replicas behind a balancer, of which one after the other ends while pipelines are created. */
@ParameterizedClass(name = "{0}", autoCloseArguments = false)
@ArgumentsSource(ControlPlanes.WithBalancer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingRestartIT {
    private static final String CRON_JOBS = "/apis/batch/v1/namespaces/default/cronjobs";
    private static final int CLIENTS = 8;
    private static final int CREATIONS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> OPTIONS = List.of("--drain-seconds", "2");
    private static final String MANIFEST = """
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              generateName: churn-
              labels: {penstock.dev/pipeline: default}
              annotations: {penstock.dev/image: registry.example.com/churn:1.4.2}
            spec: {}
            """;

    @Parameter
    ControlPlane controlPlane;

    @TempDir
    Path folder;

    private final List<FreePorts> ports =
            Stream.generate(FreePorts::pick).limit(4).toList();
    private final List<WebhookProcess> replicas = new ArrayList<>();
    private ServerCertificate certificate;
    private Balancer balancer;
    private Registration registration;

    @BeforeEach
    void startTwoReplicas() {
        certificate = ServerCertificate.make(folder);
        balancer = Balancer.start(ports);
        startReplica();
        startReplica();
        registration = Registration.apply(controlPlane.kubectl(), balancer.endpoint(), certificate)
                .awaitActive();
    }

    @AfterEach
    void stop() {
        registration.close();
        balancer.close();
        replicas.forEach(WebhookProcess::close);
        replicas.clear();
        try (RawApi api = controlPlane.api()) {
            assertThat(api.delete(CRON_JOBS).succeeded()).isTrue();
        }
    }

    private void startReplica() {
        replicas.add(WebhookProcess.startAt(ports.get(replicas.size()), certificate, OPTIONS));
    }

    @Test
    void aRollingRestartLosesNoCreation() {
        try (Load load = new Load(controlPlane)) {
            load.await(CREATIONS / 4);
            startReplica();
            replicas.get(0).close();
            startReplica();
            replicas.get(1).close();
            load.await(load.created() + CREATIONS / 4);
            load.await(CREATIONS);
            assertThat(load.end()).isEmpty();
        }
    }

    /** What was under way there is lost, which the API server does not send again: a client's call each, at most. */
    @Test
    void aReplicaThatIsKilledLosesWhatWasUnderWayThere() {
        try (Load load = new Load(controlPlane)) {
            load.await(CREATIONS / 4);
            replicas.get(0).kill();
            load.await(load.created() + CREATIONS / 4);
            load.await(CREATIONS);
            assertThat(load.end())
                    .hasSizeLessThanOrEqualTo(CLIENTS)
                    .allMatch(failure -> failure.contains("failed calling webhook"));
        }
    }

    /** Clients that create one pipeline after the other, until it is closed. */
    private static final class Load implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger created = new AtomicInteger();
        private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        private final List<CompletableFuture<Void>> clients;

        Load(ControlPlane controlPlane) {
            clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> create(controlPlane), command -> new Thread(command, "client").start()))
                    .toList();
        }

        private void create(ControlPlane controlPlane) {
            try (RawApi api = controlPlane.api()) {
                while (!ended.get()) {
                    RawApi.Answer answer = api.post(CRON_JOBS, MANIFEST);
                    if (answer.succeeded()) {
                        created.incrementAndGet();
                    } else {
                        failures.add(answer.body().path("message").asText());
                    }
                }
            }
        }

        int created() {
            return created.get();
        }

        /** Ends it, and tells every answer that was no success, as the API server worded it. */
        List<String> end() {
            close();
            return List.copyOf(failures);
        }

        void await(int creations) {
            Await.until(
                    creations + " pipelines to be created",
                    LIMIT,
                    () -> created.get() >= creations,
                    () -> created + " were; " + failures);
        }

        @Override
        public void close() {
            ended.set(true);
            clients.forEach(CompletableFuture::join);
        }
    }
}
