package dev.penstock.admission;

import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.review.Reviewer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what the endpoints need from the configuration. */
@Singleton
final class Wiring {
    // A replaced file is seen at one poll and read at the next: in force within a second, with room to spare.
    private static final long POLL_MILLIS = 250;

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** The reviewer by the policies in force: of the file or folder that is configured, else by the built-in one alone. */
    @Produces
    @Singleton
    @Startup
    Supplier<Reviewer> reviewer(@ConfigProperty(name = "penstock.policy") Optional<Path> files)
            throws InvalidPolicyException {
        if (files.isEmpty()) {
            Reviewer builtIn = Reviewer.of();
            return () -> builtIn;
        }
        FollowedPolicies followed = new FollowedPolicies(files.get(), NamespaceLabels.OF_THE_NAME);
        Thread poller = new Thread(() -> poll(followed), "policy files");
        poller.setDaemon(true);
        poller.start();
        return followed;
    }

    private void poll(FollowedPolicies followed) {
        try {
            while (!stopped.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                followed.poll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
