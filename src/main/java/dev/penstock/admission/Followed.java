package dev.penstock.admission;

import java.util.function.Supplier;

/**
 * Files that are read once they stand still from one look to the next, so that none is taken half-written. For one thread at a
 * time.
 *
 * @param <S> what can be told of them without reading them
 */
final class Followed<S> {
    private final Supplier<S> look;
    private S seen;
    private S settled;

    /** Takes them for read as they are now: whoever reads them first does so after this. */
    Followed(Supplier<S> look) {
        this.look = look;
        this.seen = look.get();
        this.settled = seen;
    }

    /**
     * Looks at them, and reads what is there where it is another than before.
     *
     * @param read gives what comes of it, which happens unless somebody wrote meanwhile, so that half of it may have been read
     * @return whether they are as they were read last
     */
    boolean poll(Supplier<Runnable> read) {
        S before = seen;
        seen = look.get();
        if (seen.equals(before) && !seen.equals(settled)) {
            Runnable outcome = read.get();
            if (seen.equals(look.get())) {
                settled = seen;
                outcome.run();
            }
        }
        return seen.equals(settled);
    }
}
