package dev.penstock.admission;

import dev.penstock.certificate.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A certificate and its key in files, which are followed: {@link #poll} shows what was put in their place, once both stand
 * still and belong together. Of what cannot be used the pair before stays, and it is logged once.
 */
final class FollowedPair {
    private static final Logger LOG = Logger.getLogger(FollowedPair.class);

    private final Path certificate;
    private final Path key;
    private volatile Pair read;
    private List<Optional<FileStamp>> seen;
    private List<Optional<FileStamp>> settled;

    /**
     * Reads both.
     *
     * @throws IOException if one cannot be read
     * @throws GeneralSecurityException if one is garbled, or they do not belong together
     */
    FollowedPair(Path certificate, Path key) throws IOException, GeneralSecurityException {
        this.certificate = certificate;
        this.key = key;
        this.seen = stamps();
        this.settled = seen;
        this.read = read();
    }

    private List<Optional<FileStamp>> stamps() {
        return List.of(FileStamp.of(certificate), FileStamp.of(key));
    }

    private Pair read() throws IOException, GeneralSecurityException {
        return Pair.read(Files.readAllBytes(certificate), Files.readAllBytes(key));
    }

    /** What was read last. */
    Pair pair() {
        return read;
    }

    /** Looks at the files, and shows what they hold where that is another pair. For one thread at a time. */
    void poll(Consumer<Pair> show) {
        List<Optional<FileStamp>> before = seen;
        seen = stamps();
        if (!seen.equals(before) || seen.equals(settled)) {
            return;
        }
        Runnable outcome = outcome(show);
        // Else somebody wrote meanwhile, and the two may be halves of two pairs.
        if (seen.equals(stamps())) {
            settled = seen;
            outcome.run();
        }
    }

    private Runnable outcome(Consumer<Pair> show) {
        try {
            Pair next = read();
            return next.equals(read) ? () -> {} : () -> take(next, show);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return () -> LOG.errorf(
                    "%s and %s cannot be used, so the certificate before stays: %s", certificate, key, e.getMessage());
        }
    }

    private void take(Pair next, Consumer<Pair> show) {
        show.accept(next);
        read = next;
        LOG.infof("%s has changed, and is shown", certificate);
    }
}
