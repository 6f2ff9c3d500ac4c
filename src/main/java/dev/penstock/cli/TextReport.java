package dev.penstock.cli;

import dev.penstock.manifest.Change;
import dev.penstock.manifest.Notice;
import dev.penstock.policy.Action;
import dev.penstock.rules.Credentials;
import dev.penstock.rules.Finding;
import dev.penstock.yaml.Place;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * For people: what is wrong and where, what would be filled in and why, when it would run. A line with a secret is not shown,
 * whatever else is wrong on it.
 */
final class TextReport {
    static final DateTimeFormatter RUN = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ENGLISH);

    private final ReviewReport report;
    private final Set<Line> secret;
    private final PrintWriter out;
    private final Instant now;
    private final Paint paint;

    private record Line(ManifestFile file, int number) {}

    TextReport(ReviewReport report, PrintWriter out, Instant now, Paint paint) {
        this.report = report;
        this.secret = report.pipelines().stream() // several may stand on one line
                .flatMap(TextReport::secretLines)
                .collect(Collectors.toSet());
        this.out = out;
        this.now = now;
        this.paint = paint;
    }

    private static Stream<Line> secretLines(Reviewed pipeline) {
        return pipeline.secrets().stream()
                .map(pipeline::place)
                .flatMapToInt(place -> IntStream.rangeClosed(place.line(), place.lastLine()))
                .mapToObj(number -> new Line(pipeline.file(), number));
    }

    /** To the minute, or to the second where one of them is not at the full minute. */
    static DateTimeFormatter formatter(List<ZonedDateTime> runs) {
        return runs.stream().allMatch(run -> run.getSecond() == 0) ? RUN : SECOND;
    }

    void write() {
        report.pipelines().forEach(this::write);
        out.println(report.summary());
    }

    /** Those alone that are denied. */
    void writeDenied() {
        report.pipelines().stream().filter(Reviewed::isDenied).forEach(this::write);
    }

    private void write(Reviewed pipeline) {
        String line = pipeline.place().isKnown() ? ":" + pipeline.place().line() : "";
        String id = TerminalText.printable(pipeline.id());
        String where = " (" + TerminalText.printable(pipeline.file().name()) + line + "): ";
        boolean fits = TerminalText.width(id + where + verdict(pipeline, Paint.PLAIN)) <= Paragraph.WIDTH;
        out.println(paint.bold(id) + (fits ? "" : System.lineSeparator() + " ") + where + verdict(pipeline, paint));
        // Without the line, which may hold a secret: no rule has looked.
        pipeline.broken()
                .ifPresent(broken -> paragraph("  ", where(pipeline, broken.place()) + "error: " + broken.message()));
        pipeline.verdict().findings(Action.DENY).forEach(finding -> write(pipeline, finding, Action.DENY));
        pipeline.verdict().findings(Action.WARN).forEach(finding -> write(pipeline, finding, Action.WARN));
        pipeline.verdict().notices().forEach(this::write);
        pipeline.verdict().changes().forEach(this::write);
        List<ZonedDateTime> runs = pipeline.runs(now);
        if (!pipeline.isDenied() && !runs.isEmpty()) {
            paragraph(
                    "  ",
                    "runs " + runs.stream().map(formatter(runs)::format).collect(Collectors.joining(", ")) + " "
                            + pipeline.zoneName());
        }
        out.println();
    }

    private static String verdict(Reviewed pipeline, Paint paint) {
        if (pipeline.isDenied()) {
            return paint.error("denied");
        }
        return pipeline.isWarnedOf() ? paint.warning("allowed, with warnings") : paint.good("allowed");
    }

    private void write(Reviewed pipeline, Finding finding, Action action) {
        Place place = pipeline.place(finding);
        String level = Diagnostic.level(action);
        String where = "  " + where(pipeline, place);
        String field = TerminalText.printable(finding.path().toString());
        boolean fits = TerminalText.width(where + level + ": " + field) <= Paragraph.WIDTH;
        out.println(where + (action == Action.DENY ? paint.error(level) : paint.warning(level)) + ":"
                + (fits ? " " : System.lineSeparator() + "    ") + field);
        paragraph("    ", finding.message());
        if (place.isKnown() && !secret.contains(new Line(pipeline.file(), place.line()))) {
            excerpt(place, pipeline.file().line(place.line()));
        }
    }

    private static String where(Reviewed pipeline, Place place) {
        return place.isKnown() ? TerminalText.printable(place.in(pipeline.file().name())) + ": " : "";
    }

    /** The line with what is meant underlined; of a long one what is around it. */
    private void excerpt(Place place, String line) {
        String number = String.valueOf(place.line());
        String margin = " ".repeat(number.length());
        int room = Paragraph.WIDTH - number.length() - "    ".length() - " | ".length();
        Excerpt excerpt = Excerpt.of(line, place, room);
        out.println(paint.faint("    " + margin + " |"));
        out.println(paint.faint("    " + number + " | ") + excerpt.shown());
        out.println(paint.faint("    " + margin + " | ") + excerpt.indent() + paint.error(excerpt.underline()));
    }

    private void write(Notice notice) {
        paragraph("  ", "note: " + notice.path() + " " + notice.text());
    }

    private void write(Change change) {
        paragraph("  ", change.path() + " " + shown(change) + " (" + change.reason() + ")");
    }

    private static String shown(Change change) {
        if (change.value().isMissingNode()) {
            return "goes";
        }
        boolean isSecret = Credentials.areIn(change.path(), change.value());
        return "= " + (isSecret ? "***" : ReviewReport.shown(change.value()));
    }

    private void paragraph(String indent, String text) {
        Paragraph.write(out, indent, text);
    }
}
