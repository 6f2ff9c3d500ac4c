package dev.penstock.cli;

import dev.penstock.cron.TimeZones;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names a time zone. */
final class ZoneInput {
    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "As spec.timeZone names it, such as Europe/Berlin. UTC where it is left out.")
    private @Nullable String name;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** @throws ParameterException if Kubernetes knows none of this name */
    ZoneId zone() {
        String given = name;
        if (given == null) {
            return ZoneOffset.UTC;
        }
        return TimeZones.find(given)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--time-zone: '" + given + "' is " + TimeZones.whyNone(given)));
    }

    /** As it was written; null where it is left out. */
    @Nullable
    String name() {
        return name;
    }

    /** As it is told. */
    String shown() {
        return name == null ? "UTC" : name;
    }
}
