package dev.penstock.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The time by which a command goes. */
final class Now {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999; // more digits are no date of ISO 8601

    private Now() {}

    /**
     * The beginning of a day in UTC; the time that it is where there is none.
     *
     * @param day what the option {@code --now} says
     * @throws ParameterException if it is no date
     */
    static Instant of(@Nullable String day, CommandSpec command) {
        if (day == null) {
            return Instant.now();
        }
        try {
            LocalDate date = LocalDate.parse(day);
            if (date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR) {
                return date.atStartOfDay(ZoneOffset.UTC).toInstant();
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new ParameterException(
                command.commandLine(),
                "--now: must be a date such as 2027-03-31, from " + FIRST_YEAR + " to " + LAST_YEAR);
    }
}
