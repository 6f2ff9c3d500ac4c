package dev.penstock.admission;

import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyFile;
import dev.penstock.review.Reviewer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The reviewer of a policy file, which follows the file: {@link #poll} puts in force what was put in its place. What cannot be
 * used leaves the last good policy in force, and is logged once.
 *
 * <p>A file is read once it stands still from one poll to the next, so that none is taken half-written.
 */
final class FollowedPolicy implements Supplier<Reviewer> {
    private static final Logger LOG = Logger.getLogger(FollowedPolicy.class);

    private final Path file;
    private volatile InForce inForce;
    private Optional<FileStamp> seen;
    private Optional<FileStamp> settled;

    private record InForce(String name, Reviewer reviewer) {
        static InForce read(Path file) throws InvalidPolicyException {
            PipelinePolicy policy = PolicyFile.read(file);
            return new InForce(policy.name(), Reviewer.of(policy));
        }
    }

    /**
     * Puts the policy in force that the file holds now.
     *
     * @throws InvalidPolicyException if it is none that can be used
     * @throws UncheckedIOException if the file cannot be read
     */
    FollowedPolicy(Path file) throws InvalidPolicyException {
        this.file = file;
        this.seen = FileStamp.of(file);
        this.settled = seen;
        this.inForce = InForce.read(file);
    }

    /** The reviewer for one review, which goes by this one policy from beginning to end. */
    @Override
    public Reviewer get() {
        return inForce.reviewer();
    }

    /** Looks at the file, and reads it where it is another than before. For one thread at a time. */
    void poll() {
        Optional<FileStamp> before = seen;
        seen = FileStamp.of(file);
        if (seen.equals(before) && !seen.equals(settled)) {
            Runnable outcome = read();
            // Else somebody wrote meanwhile, and what was read may be half of it.
            if (seen.equals(FileStamp.of(file))) {
                settled = seen;
                outcome.run();
            }
        }
    }

    private Runnable read() {
        try {
            InForce policy = InForce.read(file);
            return () -> follow(policy);
        } catch (InvalidPolicyException | UncheckedIOException e) {
            return () -> stay(e);
        } catch (RuntimeException | StackOverflowError e) {
            return () -> LOG.errorf(e, "reading %s failed, so policy %s stays in force", file, inForce.name());
        }
    }

    private void follow(InForce policy) {
        inForce = policy;
        LOG.infof("%s was replaced: policy %s is in force", file, policy.name());
    }

    private void stay(Exception problems) {
        LOG.errorf(
                "%s cannot be used, so policy %s stays in force: %s",
                file,
                inForce.name(),
                String.valueOf(problems.getMessage()).lines().collect(Collectors.joining("; ")));
    }
}
