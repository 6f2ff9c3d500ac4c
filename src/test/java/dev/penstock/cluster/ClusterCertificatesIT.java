package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.certificate.Bundle;
import dev.penstock.certificate.Holding;
import dev.penstock.certificate.Names;
import dev.penstock.certificate.Pair;
import dev.penstock.certificate.Renewal;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.ControlPlanes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that look after one Secret, at whatever time their clocks show. */
class ClusterCertificatesIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final String NAMESPACE = "default";
    private static final String NAME = "penstock-clocks";
    private static final int LOOKS = 2; // a look asks once
    private static final Renewal RENEWAL =
            new Renewal(new Names(List.of("penstock")), Duration.ofDays(365), Duration.ofDays(7));

    @SuppressWarnings("NullAway.Init")
    private static ControlPlane controlPlane;

    private final List<Replica> replicas = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    private CertificateSecret secret;

    /** The time of this machine, and of the API server, but for what it is ahead; counts how often it is asked. */
    private static final class WrongClock extends Clock {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            asked.incrementAndGet();
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final class Replica {
        private final WrongClock clock = new WrongClock();
        private final ClusterCertificates certificates =
                new ClusterCertificates(client, NAMESPACE, NAME, RENEWAL, clock, pair -> this.shown = pair);
        private volatile @Nullable Pair shown;

        Replica(Duration ahead) {
            clock.ahead = ahead;
            replicas.add(this);
        }

        Replica start() {
            certificates.start();
            return this;
        }

        void awaitGood() {
            Await.until("a certificate", LIMIT, certificates::isTrusted, () -> String.valueOf(shown));
        }

        byte[] leaf() throws GeneralSecurityException {
            Pair pair = shown;
            return pair == null ? new byte[0] : pair.certificate().getEncoded();
        }
    }

    @BeforeAll
    static void startControlPlane() {
        controlPlane = ControlPlanes.ofItsOwn();
    }

    @AfterAll
    static void stopControlPlane() {
        controlPlane.close();
    }

    @BeforeEach
    void connect() {
        client = controlPlane.client();
        secret = new CertificateSecret(client, NAMESPACE, NAME);
    }

    @AfterEach
    void clear() {
        replicas.forEach(replica -> replica.certificates.close());
        client.secrets().inNamespace(NAMESPACE).withName(NAME).delete();
        client.close();
    }

    /** Until what each has begun before is over, and something after. */
    private void awaitLooks() {
        Map<Replica, Integer> before =
                replicas.stream().collect(Collectors.toMap(replica -> replica, replica -> replica.clock.asked.get()));
        before.forEach((replica, asked) ->
                Await.until("some looks", LIMIT, () -> replica.clock.asked.get() > asked + LOOKS, () -> ""));
    }

    @Test
    void ofTwoThatRenewAtOnceOneIsFirst() throws Exception {
        Holding one = holding();
        Holding other = holding();
        CertificateSecret.Found nothing = secret.find();
        assertThat(secret.write(nothing, one)).isTrue();
        assertThat(secret.write(nothing, other)).isFalse();

        CertificateSecret.Found first = secret.find();
        assertThat(one.isIn(first.data())).isTrue();
        assertThat(secret.write(first, other)).isTrue();
        assertThat(secret.write(first, one)).isFalse();
        assertThat(other.isIn(secret.find().data())).isTrue();
    }

    @Test
    void replicasThatStartAtOnceShowTheSame() throws Exception {
        Stream.generate(() -> new Replica(Duration.ZERO)).limit(4).toList().forEach(Replica::start);
        replicas.forEach(Replica::awaitGood);
        awaitLooks();
        byte[] leaf = Objects.requireNonNull(secret.find().data().get("tls.crt"));
        for (Replica replica : replicas) {
            assertThat(Bundle.read(leaf).authorities().get(0).getEncoded()).isEqualTo(replica.leaf());
        }
    }

    @Test
    void replicasWhoseClocksAreYearsOffTakeWhatTheOthersHave() throws Exception {
        Replica right = new Replica(Duration.ZERO).start();
        right.awaitGood();
        String version = secret.find().version();
        for (int years : new int[] {1, -1}) {
            new Replica(YEAR.multipliedBy(years)).start();
        }
        replicas.forEach(Replica::awaitGood);
        awaitLooks();
        assertThat(secret.find().version()).isEqualTo(version);
        for (Replica replica : replicas) {
            assertThat(replica.certificates.isTrusted()).isTrue();
            assertThat(replica.leaf()).isEqualTo(right.leaf());
        }
    }

    @Test
    void aClockThatJumpsByYearsChangesNothing() throws Exception {
        Replica replica = new Replica(Duration.ZERO).start();
        replica.awaitGood();
        String version = secret.find().version();
        for (int years : new int[] {1, -1, 0}) {
            replica.clock.ahead = YEAR.multipliedBy(years);
            assertThat(replica.certificates.isTrusted()).isTrue(); // before it has asked again, too
            awaitLooks();
            assertThat(replica.certificates.isTrusted()).isTrue();
        }
        assertThat(secret.find().version()).isEqualTo(version);
    }

    /** As after an API server's own clock was wrong when they were made. */
    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void whatWasMadeAtAnotherTimeIsMadeAnew(int years) throws Exception {
        Instant then = Instant.now().plus(YEAR.multipliedBy(years));
        Holding old = RENEWAL.next(Map.of(), Optional.empty(), Bundle.NONE, then);
        assertThat(secret.write(secret.find(), old)).isTrue();
        Replica replica = new Replica(Duration.ZERO).start();
        replica.awaitGood();
        assertThat(replica.leaf()).isNotEqualTo(old.leaf().certificate().getEncoded());
    }

    /** Else the one that comes second was not ready until it looks again. */
    @Test
    void aConfigurationThatAnotherReplicaHasPutRightIsSeenAsItIsNow() throws Exception {
        Holding holding = holding();
        WebhookConfiguration before;
        try (InputStream file = Files.newInputStream(Path.of("deploy", "mutating-webhook.yaml"))) {
            var registration = client.load(file);
            registration.create();
            try {
                before = WebhookConfiguration.all(client).get(0);
                assertThat(trusts(before, holding)).isFalse();
                before.trusting(holding.trusted(), client);
                assertThat(trusts(before.trusting(holding.trusted(), client), holding))
                        .isTrue();
            } finally {
                registration.delete();
            }
        }
        assertThat(before.trusting(holding.trusted(), client)).isSameAs(before);
    }

    private static boolean trusts(WebhookConfiguration configuration, Holding holding) {
        return configuration.trusts(holding.leaf(), Instant.now());
    }

    private static Holding holding() throws GeneralSecurityException {
        return RENEWAL.next(Map.of(), Optional.empty(), Bundle.NONE, Instant.now());
    }
}
