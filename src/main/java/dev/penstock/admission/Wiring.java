package dev.penstock.admission;

import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyFile;
import dev.penstock.review.Reviewer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what the endpoints need from the configuration. */
final class Wiring {
    /** The reviewer of the policy file that is configured; of the built-in policy where none is. */
    @Produces
    @Singleton
    Reviewer reviewer(@ConfigProperty(name = "penstock.policy") Optional<Path> file) throws InvalidPolicyException {
        PipelinePolicy policy = file.isPresent() ? PolicyFile.read(file.get()) : PolicyFile.builtIn();
        return Reviewer.of(policy);
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
