package dev.penstock.cron;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change of the clocks, and the runs around it. */
final class Crossing {
    /** Longer than any change of the clocks; after it the clocks count again. */
    static final int HOURS = 3;

    private final CalendarSchedule schedule;
    private final ClockRuns runs;
    private final ZoneId zone;
    private final ZoneOffsetTransition change;
    private final LocalDateTime shownBefore;
    private final LocalDateTime shownAfter;

    Crossing(CalendarSchedule schedule, ZoneId zone, ZoneOffsetTransition change) {
        this.schedule = schedule;
        this.runs = new ClockRuns(schedule);
        this.zone = zone;
        this.change = change;
        this.shownBefore = change.getDateTimeBefore();
        this.shownAfter = change.getDateTimeAfter();
    }

    /** Every change after a moment and before another. */
    static List<Crossing> between(CalendarSchedule schedule, ZonedDateTime from, ZonedDateTime to) {
        List<Crossing> crossings = new ArrayList<>();
        ZoneId zone = from.getZone();
        ZoneOffsetTransition change = zone.getRules().nextTransition(from.toInstant());
        while (change != null && change.getInstant().isBefore(to.toInstant())) {
            crossings.add(new Crossing(schedule, zone, change));
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return crossings;
    }

    ZonedDateTime time() {
        return change.getInstant().atZone(zone);
    }

    /** Whether the clocks show the same minute before and after it. */
    boolean isOfWholeHours() {
        return change.getDuration().toSeconds() % 3600 == 0;
    }

    /**
     * Whether the runs around it are those at which the clocks show a time of the schedule, no more and no less. Where
     * midnight or part of an hour is skipped or repeated, Kubernetes' search decides which there are.
     */
    boolean isPlain() {
        return isOfWholeHours()
                && shownBefore.getMinute() == 0
                && shownBefore.toLocalDate().equals(shownAfter.toLocalDate())
                && Math.min(shownBefore.getHour(), shownAfter.getHour()) > 0;
    }

    /**
     * A number of minutes that two runs with the change between them are apart at the least; mostly there is no need to look
     * them up.
     *
     * @param shown that two runs are apart on the clock at the least
     */
    int atLeast(int shown) {
        if (!isOfWholeHours()) {
            return 1;
        }
        int closest = schedule.times().closestOnTheClock();
        if (!isPlain()) {
            return closest;
        }
        if (change.isGap()) {
            return Math.max(closest, shown - (int) change.getDuration().toMinutes());
        }
        boolean repeats = schedule.times().isWithin(shownAfter.getHour(), shownBefore.getHour());
        return repeats ? closest : shown;
    }

    /** The last run before it; empty where there is none within eight years. */
    Optional<ZonedDateTime> lastRunBefore() {
        LocalDateTime clock = runs.latest(shownBefore.minusMinutes(1));
        while (clock != null && isSkipped(clock)) {
            clock = runs.latest(clock.minusMinutes(1));
        }
        // Where this change repeats it, the first time; where an earlier one did, the second.
        return Optional.ofNullable(clock).map(time -> ZonedDateTime.ofLocal(time, zone, change.getOffsetBefore()));
    }

    /** The run after the last one before it. */
    Optional<ZonedDateTime> firstRunAfter() {
        return isPlain()
                ? Optional.ofNullable(firstShownAfter())
                : lastRunBefore().flatMap(schedule::next);
    }

    private @Nullable ZonedDateTime firstShownAfter() {
        LocalDateTime clock = runs.earliest(shownAfter);
        while (clock != null && isSkipped(clock)) {
            clock = runs.earliest(clock.plusMinutes(1));
        }
        // Where this change repeats it, the second time; where a later one does, the first.
        return clock == null ? null : ZonedDateTime.ofLocal(clock, zone, change.getOffsetAfter());
    }

    private boolean isSkipped(LocalDateTime clock) {
        return zone.getRules().getValidOffsets(clock).isEmpty();
    }

    /** The run near it after which Kubernetes finds none; mostly empty. */
    Optional<ClockChange> end() {
        if (isPlain() || change.isGap()) {
            return Optional.empty();
        }
        ZonedDateTime run = lastRunBefore().orElse(null);
        while (run != null && run.isBefore(time().plusHours(HOURS))) {
            ZonedDateTime next = schedule.next(run).orElse(null);
            if (next == null && run.isAfter(time().minusHours(HOURS))) {
                return Optional.of(new ClockChange(ClockChange.Kind.LAST, run.toLocalDateTime()));
            }
            run = next;
        }
        return Optional.empty();
    }

    /** What becomes of the first run after it; empty where that comes as ever. */
    Optional<ClockChange> effect() {
        return change.isGap() ? skipped() : repeated();
    }

    /** The run that the clocks would show first, where it is passed over for a later one. */
    private Optional<ClockChange> skipped() {
        LocalDateTime clock = runs.earliest(isSteady() ? shownAfter : shownBefore);
        if (clock == null) {
            return Optional.empty();
        }
        boolean skipped = clock.isBefore(shownAfter) || isPassedOver(clock);
        return skipped ? Optional.of(new ClockChange(ClockChange.Kind.SKIPPED, clock)) : Optional.empty();
    }

    private boolean isPassedOver(LocalDateTime clock) {
        return !isPlain()
                && firstRunAfter()
                        .filter(run -> clock.isBefore(run.toLocalDateTime()))
                        .isPresent();
    }

    private Optional<ClockChange> repeated() {
        if (isSteady()) {
            return Optional.empty();
        }
        return firstRunAfter()
                .map(ZonedDateTime::toLocalDateTime)
                .filter(clock -> clock.isBefore(shownBefore) && !clock.isBefore(shownAfter))
                .map(clock -> new ClockChange(ClockChange.Kind.REPEATED, clock));
    }

    /** Whether it fires after each hour that passes, so that it does not matter how often the clocks show one. */
    private boolean isSteady() {
        return schedule.times().isEveryHour() && isOfWholeHours();
    }
}
