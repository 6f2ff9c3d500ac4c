package dev.penstock.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.HashedSchedule;
import dev.penstock.cron.ScheduleWords;
import dev.penstock.policy.Action;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.Profiles;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.rules.Finding;
import dev.penstock.rules.PipelineLabel;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = "Tells a schedule in words, its next runs, and what is wrong with it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 0 all is well or warned of, 1 Kubernetes or Penstock refuses it.",
            "",
            "Examples:",
            "  penstock schedule '30 2 * * 1-5' --time-zone Europe/Berlin",
            "  penstock schedule 'H 2 * * *' --namespace ml --name churn",
        })
final class ScheduleCommand implements Callable<Integer> {
    private static final int MOST_RUNS = 10_000;
    private static final Set<String> RULES = Set.of("schedule", "timeZone");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx", Locale.ENGLISH);

    @Parameters(
            paramLabel = "EXPR",
            index = "0",
            description = "As in spec.schedule, in quotes: '0 1 * * *', '@daily', 'H 2 * * *'.")
    private String expression = "";

    @Parameters(index = "1..*", hidden = true)
    private List<String> more = List.of();

    @Mixin
    private final ZoneInput zone = new ZoneInput();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The generateName, else the name, by which H is decided.")
    private @Nullable String name;

    @Option(
            names = {"-n", "--namespace"},
            converter = NamespaceName.class,
            defaultValue = "default",
            paramLabel = "NAME",
            description = "The namespace by which H is decided (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(
            names = "--runs",
            defaultValue = "5",
            paramLabel = "NUMBER",
            description = "How many of the next runs are told (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--now",
            paramLabel = "DATE",
            description = "The day from which on they are told, such as 2027-03-31, instead of now.")
    private @Nullable String now;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!more.isEmpty()) {
            throw wrong("a schedule is one argument: put it in quotes, such as '0 1 * * *'");
        }
        if (expression.isEmpty()) {
            throw wrong("EXPR is empty: five fields such as '0 1 * * *' say when to run");
        }
        if (runs < 1 || runs > MOST_RUNS) {
            throw wrong("--runs: must be from 1 to " + MOST_RUNS);
        }
        if (name != null && name.isEmpty()) {
            throw wrong("--name: is empty");
        }
        Instant moment = Now.of(now, spec);
        ZonedDateTime after = moment.atZone(zone.zone());
        String schedule = text(HashedSchedule.resolve(expression, namespace, name == null ? "" : name));
        Optional<String> range = name == null ? ScheduleWords.ofHashed(expression) : Optional.empty();
        List<Finding> findings = range.isEmpty() ? findings(schedule, moment) : ofEveryName(moment);
        PrintWriter out = spec.commandLine().getOut();
        if (range.isPresent()) {
            Paragraph.write(out, "", range.get() + ", as namespace and name decide: --namespace and --name tell more");
            out.print(findings.isEmpty() ? "" : System.lineSeparator());
        } else if (CronSchedule.parse(schedule) instanceof CronSchedule.Accepted accepted) {
            write(accepted.schedule(), schedule, after, out);
            out.print(findings.isEmpty() ? "" : System.lineSeparator());
        }
        for (Finding finding : findings) {
            Paragraph.write(
                    out, "", Diagnostic.level(finding.action()) + ": " + finding.path() + ": " + finding.message());
        }
        out.flush();
        return findings.stream().anyMatch(finding -> finding.action() == Action.DENY) ? ExitCode.DENIED : ExitCode.OK;
    }

    private void write(CronSchedule schedule, String text, ZonedDateTime after, PrintWriter out) {
        if (name != null && !text.equals(expression)) {
            // In one line, however long: a part of a schedule may be one, too.
            TerminalText.println(out, "the schedule of " + namespace + "/" + name + " is " + text);
        }
        Paragraph.write(out, "", ScheduleWords.of(schedule));
        writeRuns(schedule, after, out);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Without {@code H}; as it is where that is malformed. */
    private String text(HashedSchedule.Resolution resolution) {
        return resolution instanceof HashedSchedule.Resolved resolved ? resolved.schedule() : expression;
    }

    /** What is found with the first value that a name can give {@code H}, and, be it of another time, with the last one. */
    private List<Finding> ofEveryName(Instant moment) {
        List<Finding> last = findings(text(HashedSchedule.last(expression)), moment);
        return findings(text(HashedSchedule.first(expression)), moment).stream()
                .filter(finding -> last.stream()
                        .anyMatch(other -> other.rule().equals(finding.rule()) && other.action() == finding.action()))
                .toList();
    }

    /** What the rules of the built-in policy say of a pipeline with this schedule. */
    private List<Finding> findings(String schedule, Instant moment) {
        ObjectNode pipeline = JsonNodeFactory.instance.objectNode();
        pipeline.putObject("metadata").putObject("labels").put(PipelineLabel.KEY, Profiles.DEFAULT);
        ObjectNode fields = pipeline.putObject("spec").put("schedule", schedule);
        if (zone.name() != null) {
            fields.put("timeZone", zone.name());
        }
        try {
            Review review = new Review(pipeline, null, namespace, new Review.File(), moment);
            return Reviewer.of().validate(review).findings().stream()
                    .filter(finding -> RULES.contains(finding.rule()))
                    .toList();
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException("the built-in policy is valid", e);
        }
    }

    private void writeRuns(CronSchedule schedule, ZonedDateTime after, PrintWriter out) {
        List<ZonedDateTime> next = schedule.next(after, runs);
        if (next.isEmpty()) {
            return;
        }
        out.println();
        out.println("Runs after " + TextReport.RUN.format(after) + " in " + zone.shown() + ":");
        DateTimeFormatter formatter = TextReport.formatter(next);
        next.forEach(run -> writeRun(run, formatter, out));
    }

    private void writeRun(ZonedDateTime run, DateTimeFormatter formatter, PrintWriter out) {
        String utc = run.getOffset().getTotalSeconds() == 0
                ? ""
                : "   " + formatter.format(run.withZoneSameInstant(ZoneOffset.UTC)) + " UTC";
        out.println("  " + formatter.format(run) + (zone.name() == null ? "" : " " + OFFSET.format(run)) + utc);
    }
}
