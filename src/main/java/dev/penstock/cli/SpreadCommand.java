package dev.penstock.cli;

import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.HashedSchedule;
import java.io.PrintWriter;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        description = "Tells how the runs of pipelines lie over the week, and what H would make of it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeOnExecutionException = ExitCode.NO_VERDICT,
        footer = {
            "",
            "Exit codes: 0 all was read, 2 something could not be.",
            "",
            "Example:",
            "  penstock spread -f pipelines/ --policy policies/ --time-zone Europe/Berlin",
        })
final class SpreadCommand implements Callable<Integer> {
    /** What is written. */
    enum Format {
        text,
        json
    }

    @Mixin
    private final ManifestInput manifests = new ManifestInput();

    @Mixin
    private final PolicyInput policies = new PolicyInput();

    @Mixin
    private final ZoneInput zone = new ZoneInput();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json",
            description = "For people or for programs (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private int counted;
    private int denied;
    private int suspended;

    @Override
    public Integer call() {
        manifests.mustBeFiles(null);
        ZonedDateTime after = policies.now().atZone(zone.zone());
        Spread spread = new Spread(after);
        Spread hashed = new Spread(after);
        try (Progress progress = Progress.on(spec.commandLine().getErr())) {
            manifests.review(policies, Map.of(), progress, pipeline -> count(pipeline, spread, hashed));
        }
        manifests.writeErrors();
        SpreadReport.Tally tally =
                new SpreadReport.Tally(counted, denied, suspended, manifests.passedOver(), manifests.errors());
        SpreadReport report = new SpreadReport(after, zone.shown(), spread, hashed, tally);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> report.writeText(out);
            case json -> JsonReport.print(report.tree(), out);
        }
        out.flush();
        return manifests.errors().isEmpty() ? ExitCode.OK : ExitCode.NO_VERDICT;
    }

    private void count(Reviewed pipeline, Spread spread, Spread hashed) {
        Optional<CronSchedule> schedule = pipeline.schedule();
        if (pipeline.isDenied() || schedule.isEmpty()) {
            denied++;
        } else if (pipeline.isSuspended()) {
            suspended++;
        } else {
            counted++;
            spread.add(pipeline.id(), schedule.get(), pipeline.zone());
            hashed.add(
                    pipeline.id(),
                    HashedSchedule.withHashedMinute(schedule.get(), pipeline.namespace(), pipeline.stableName()),
                    pipeline.zone());
        }
    }
}
