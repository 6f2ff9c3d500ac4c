package dev.penstock.cron;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/**
 * {@code @every 1h30m}: a fixed delay after the last run, whatever the clocks do.
 *
 * @param delay whole seconds, at least one
 */
record EverySchedule(Duration delay) implements CronSchedule {

    /**
     * Rounds down to whole seconds. What is below a second, zero or negative becomes one second, as in
     * {@code cron.Every}.
     */
    static EverySchedule of(Duration written) {
        return new EverySchedule(Duration.ofSeconds(Math.max(1, written.toSeconds())));
    }

    @Override
    public Optional<ZonedDateTime> next(ZonedDateTime after) {
        return Optional.of(after.minusNanos(after.getNano()).plus(delay));
    }

    @Override
    public boolean firesWithinAMinute() {
        return delay.toSeconds() < 60;
    }

    @Override
    public Optional<Gap> smallestGap(ZonedDateTime from) {
        return next(from)
                .flatMap(run -> next(run).map(following -> new Gap(run, following)))
                .filter(gap -> gap.to().getYear() <= from.getYear() + YEARS_AHEAD);
    }

    @Override
    public Optional<ClockChange> clockChange(ZonedDateTime from) {
        return Optional.empty();
    }

    @Override
    public List<OddStep> oddSteps() {
        return List.of();
    }
}
