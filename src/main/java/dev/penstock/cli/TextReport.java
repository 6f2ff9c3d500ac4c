package dev.penstock.cli;

import dev.penstock.manifest.Change;
import dev.penstock.manifest.Notice;
import dev.penstock.policy.Action;
import dev.penstock.rules.Finding;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** For people: what is wrong and where, what would be filled in and why, when it would run. */
final class TextReport {
    private static final int WIDTH = 80;
    private static final DateTimeFormatter RUN = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

    private final PrintWriter out;
    private final Instant now;

    TextReport(PrintWriter out, Instant now) {
        this.out = out;
        this.now = now;
    }

    void write(ReviewReport report) {
        report.pipelines().forEach(this::write);
        out.println(report.summary());
    }

    private void write(Reviewed pipeline) {
        String verdict = pipeline.isDenied() ? "denied" : pipeline.isWarnedOf() ? "allowed, with warnings" : "allowed";
        out.println(pipeline.namespace() + "/" + pipeline.name() + " ("
                + pipeline.manifest().file().name() + ":" + pipeline.line() + "): " + verdict);
        pipeline.broken().ifPresent(sentence -> paragraph("  ", "error: " + sentence));
        pipeline.verdict().findings(Action.DENY).forEach(finding -> write(pipeline, finding, "error"));
        pipeline.verdict().findings(Action.WARN).forEach(finding -> write(pipeline, finding, "warning"));
        pipeline.verdict().notices().forEach(this::write);
        pipeline.verdict().changes().forEach(this::write);
        List<ZonedDateTime> runs = pipeline.runs(now);
        if (!pipeline.isDenied() && !runs.isEmpty()) {
            paragraph(
                    "  ",
                    "runs " + runs.stream().map(RUN::format).collect(Collectors.joining(", ")) + " "
                            + runs.get(0).getZone());
        }
        out.println();
    }

    private void write(Reviewed pipeline, Finding finding, String word) {
        ManifestFile file = pipeline.manifest().file();
        Place place = pipeline.manifest().place(finding.path().pointer());
        out.println(
                "  " + file.name() + ":" + place.line() + ":" + place.column() + ": " + word + ": " + finding.path());
        paragraph("    ", finding.message());
        String number = String.valueOf(place.line());
        String line = file.line(place.line());
        String margin = " ".repeat(number.length());
        out.println("    " + margin + " |");
        out.println("    " + number + " | " + line);
        String before =
                line.substring(0, Math.min(place.column() - 1, line.length())).replaceAll("[^\t]", " ");
        out.println("    " + margin + " | " + before + "^".repeat(place.length()));
    }

    private void write(Notice notice) {
        paragraph("  ", "note: " + notice.path() + " " + notice.text());
    }

    private void write(Change change) {
        String value = change.value().isMissingNode() ? "goes" : "= " + ReviewReport.shown(change.value());
        paragraph("  ", change.path() + " " + value + " (" + change.reason() + ")");
    }

    /** Broken at blanks, the lines after the first a little further in. */
    private void paragraph(String indent, String text) {
        StringBuilder line = new StringBuilder(indent);
        boolean begun = false;
        for (String word : text.split(" ", -1)) {
            if (begun && line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line = new StringBuilder(indent).append("  ");
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        out.println(line);
    }
}
