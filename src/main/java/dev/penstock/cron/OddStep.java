package dev.penstock.cron;

import java.util.Optional;

/**
 * A step that Kubernetes accepts and that does something else than it seems to say.
 *
 * <p>A step counts from the first value of its range and starts anew at each turn of the field, so <b>uneven</b> is a
 * step after which the turn comes too soon or too late: {@code *}{@code /7} minutes runs at 56 and again 4 minutes
 * later. It is looked for only where the range goes all the way round: {@code *}, {@code 5/7} without an end, and a
 * range up to the field's last value that leaves no room for a step before its first ({@code 0-59/7}, {@code 3-59/7}).
 * A window such as {@code 9-17/3} ends where its author said. Months differ in length, so every step over the days of a
 * month is uneven that comes back at least once.
 *
 * @param text the list item as it was written, such as {@code *}{@code /7}
 * @param step the step, in units of the field, at least 2
 * @param first the first value of the range, which is also the first value at which it fires
 * @param last the last value of the range
 */
public record OddStep(CronField field, String text, long step, int first, int last, Kind kind) {

    /** What is odd. */
    public enum Kind {
        /** Only the first value of the range is ever reached: {@code *}{@code /90} minutes is once an hour. */
        LARGER_THAN_RANGE,
        /** The last gap, over the turn of the hour, day, month, year or week, differs from the others. */
        UNEVEN
    }

    static Optional<OddStep> of(CronField field, String text, long step, int first, int last, boolean endless) {
        if (step == 1) {
            return Optional.empty();
        }
        if (step > last - first + 1) {
            return Optional.of(new OddStep(field, text, step, first, last, Kind.LARGER_THAN_RANGE));
        }
        boolean goesRound = endless || (last == field.max() && first - field.min() < step);
        OddStep uneven = new OddStep(field, text, step, first, last, Kind.UNEVEN);
        return Optional.of(uneven).filter(odd -> goesRound && odd.isUneven());
    }

    /** The last value at which it fires. */
    public int lastFired() {
        return (int) (last - (last - first) % step);
    }

    /** How far it is from {@link #lastFired()} over the turn to {@link #first()}; for days, in a month of 31. */
    public int gapAtTurn() {
        return field.max() + 1 - field.min() - lastFired() + first;
    }

    /** One line without a full stop, such as {@code minute step 90 is larger than the range 0-59: only 0 is left}. */
    public String why() {
        String subject = field.label() + " step " + step;
        if (kind == Kind.LARGER_THAN_RANGE) {
            return "%s is larger than the range %d-%d: only %d is left".formatted(subject, first, last, first);
        }
        return field == CronField.DAY_OF_MONTH
                ? "%s starts anew each month: %d is followed by %d".formatted(subject, lastFired(), first)
                : "%s is uneven: from %d to the next %d it is %d".formatted(subject, lastFired(), first, gapAtTurn());
    }

    private boolean isUneven() {
        return field == CronField.DAY_OF_MONTH ? lastFired() > first : gapAtTurn() != step;
    }
}
