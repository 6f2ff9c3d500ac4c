package dev.penstock.admission;

import dev.penstock.certificate.Pair;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key in files, which are followed: {@link #poll} shows what was put in their place, once both stand
 * still and belong together. Of what cannot be used the pair before stays, and it is logged once; so it is of what is not valid
 * now, for as long as the pair before is. That what is shown runs out is logged once, too.
 */
final class FollowedPair {
    private static final Logger LOG = Logger.getLogger(FollowedPair.class);

    private final Path certificate;
    private final Path key;
    private final InstantSource clock;
    private final Followed<List<Optional<FileStamp>>> files;
    private volatile Pair read;
    private boolean isValid;
    private @Nullable Pair waiting; // until it is valid, or the one before is not

    /**
     * Reads both.
     *
     * @throws IOException if one cannot be read
     * @throws GeneralSecurityException if one is garbled, or they do not belong together
     */
    FollowedPair(Path certificate, Path key, InstantSource clock) throws IOException, GeneralSecurityException {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        // Both at once: else the two may be halves of two pairs.
        this.files = new Followed<>(() -> List.of(FileStamp.of(certificate), FileStamp.of(key)));
        this.read = read();
        this.isValid = true;
        warnOfTime();
    }

    private Pair read() throws IOException, GeneralSecurityException {
        return Pair.readOfServer(Files.readAllBytes(certificate), Files.readAllBytes(key));
    }

    /** What was read last. */
    Pair pair() {
        return read;
    }

    /** Looks at the files, and shows what they hold where that is another pair. For one thread at a time. */
    void poll(Consumer<Pair> show) {
        boolean isRead = files.poll(() -> outcome(show));
        if (isRead && waiting != null && !isWorse(waiting)) {
            take(waiting, show);
        }
        warnOfTime();
    }

    private Runnable outcome(Consumer<Pair> show) {
        try {
            Pair next = read();
            if (isWorse(next)) {
                return () -> await(next);
            }
            return next.equals(read) ? () -> waiting = null : () -> take(next, show);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return () -> {
                waiting = null;
                refuse(why(e));
            };
        }
    }

    private boolean isWorse(Pair next) {
        Instant now = clock.instant();
        return !next.isValid(now) && read.isValid(now);
    }

    private void await(Pair next) {
        waiting = next;
        refuse("it is valid " + next.validity());
    }

    private void refuse(String why) {
        LOG.errorf("%s and %s cannot be used, so the certificate before stays: %s", certificate, key, why);
    }

    /** What keeps the files from being read or used, in one line. */
    static String why(Exception e) {
        String message = String.valueOf(e.getMessage()); // of these two the file alone
        if (e instanceof NoSuchFileException) {
            return "no such file: " + message;
        }
        return e instanceof AccessDeniedException ? "permission denied: " + message : message;
    }

    private void take(Pair next, Consumer<Pair> show) {
        show.accept(next);
        read = next;
        waiting = null;
        isValid = true;
        warnOfTime();
        if (isValid) {
            LOG.infof("%s has changed, and is shown", certificate);
        }
    }

    /** Once, from when it is not. */
    private void warnOfTime() {
        boolean was = isValid;
        isValid = read.isValid(clock.instant());
        if (was && !isValid) {
            LOG.warnf("%s is shown, but not valid now: it is valid %s", certificate, read.validity());
        }
    }
}
