package dev.penstock.cron;

import java.time.Duration;
import java.time.ZonedDateTime;

/**
 * Two runs, one right after the other.
 *
 * @param from the earlier one
 * @param to the later one, in the same zone
 */
public record Gap(ZonedDateTime from, ZonedDateTime to) {
    /** The time that passes between them, whatever the clocks show. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** Whether the clocks are changed between them, so that another day's runs may be further apart. */
    public boolean isOverClockChange() {
        return !from.getOffset().equals(to.getOffset());
    }
}
