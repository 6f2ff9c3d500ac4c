package dev.penstock.cron;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of a day at which a schedule fires, as minutes since midnight.
 *
 * @param hours a bit for each hour, at least one
 * @param minutes a bit for each minute of these hours, at least one
 */
record TimesOfDay(long hours, long minutes) {
    private static final long EVERY_HOUR = (1L << 24) - 1;

    /** Two times, one right after the other. */
    record Pair(int from, int to) {
        int length() {
            return to - from;
        }
    }

    int first() {
        return lowest(hours) * 60 + lowest(minutes);
    }

    int last() {
        return highest(hours) * 60 + highest(minutes);
    }

    /** The last one that is not after a time; -1 where the day begins later. */
    int latest(int time) {
        int hour = time / 60;
        long soFar = minutes & upTo(time % 60);
        if ((hours >>> hour & 1) == 1 && soFar != 0) {
            return hour * 60 + highest(soFar);
        }
        long earlier = hours & upTo(hour - 1);
        return earlier == 0 ? -1 : highest(earlier) * 60 + highest(minutes);
    }

    /** The first one that is not before a time; -1 where the day ends earlier. */
    int earliest(int time) {
        int hour = time / 60;
        long stillToCome = minutes & ~upTo(time % 60 - 1);
        if ((hours >>> hour & 1) == 1 && stillToCome != 0) {
            return hour * 60 + lowest(stillToCome);
        }
        long later = hours & ~upTo(hour);
        return later == 0 ? -1 : lowest(later) * 60 + lowest(minutes);
    }

    /** The two that are closest; empty where there is one time only. */
    Optional<Pair> closest() {
        @Nullable Pair closest = null;
        for (long rest = minutes; (rest & (rest - 1)) != 0; rest &= rest - 1) {
            closest =
                    closer(closest, first() - lowest(minutes) + lowest(rest), lowest(rest & (rest - 1)) - lowest(rest));
        }
        int overTheHour = lowest(minutes) - highest(minutes);
        for (long rest = hours; (rest & (rest - 1)) != 0; rest &= rest - 1) {
            int apart = lowest(rest & (rest - 1)) - lowest(rest);
            closest = closer(closest, lowest(rest) * 60 + highest(minutes), apart * 60 + overTheHour);
        }
        return Optional.ofNullable(closest);
    }

    private static Pair closer(@Nullable Pair closest, int from, int length) {
        return closest == null || length < closest.length() ? new Pair(from, from + length) : closest;
    }

    /**
     * How many minutes any two runs are apart at the least, however many whole hours the clocks are moved between them:
     * the closest that two of the minutes come on the face of a clock.
     */
    int closestOnTheClock() {
        int closest = 60 + lowest(minutes) - highest(minutes);
        for (long rest = minutes; (rest & (rest - 1)) != 0; rest &= rest - 1) {
            closest = Math.min(closest, lowest(rest & (rest - 1)) - lowest(rest));
        }
        return closest;
    }

    /** Whether any is in one of the hours from one on and before another. */
    boolean isWithin(int fromHour, int toHour) {
        return (hours & upTo(toHour - 1) & ~upTo(fromHour - 1)) != 0;
    }

    boolean isEveryHour() {
        return hours == EVERY_HOUR;
    }

    private static int lowest(long mask) {
        return Long.numberOfTrailingZeros(mask);
    }

    private static int highest(long mask) {
        return 63 - Long.numberOfLeadingZeros(mask);
    }

    private static long upTo(int bit) {
        return (1L << (bit + 1)) - 1;
    }
}
