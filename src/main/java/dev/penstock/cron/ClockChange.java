package dev.penstock.cron;

import java.time.LocalDateTime;

/**
 * A run that a change of the clocks takes away or gives twice, or with which all end.
 *
 * @param run what the clocks of the zone would show
 */
public record ClockChange(Kind kind, LocalDateTime run) {
    /** What becomes of the run. */
    public enum Kind {
        /** The clocks are set forward past it, or Kubernetes passes over it as they are: it does not come. */
        SKIPPED,
        /** The clocks are set back before it: it comes once more. */
        REPEATED,
        /** After it Kubernetes finds none that is later, and gives up: neither it nor any other comes. */
        LAST
    }
}
