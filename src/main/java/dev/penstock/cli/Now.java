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
            return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new ParameterException(command.commandLine(), "--now: must be a date such as 2027-03-31");
        }
    }
}
