package dev.penstock.cli;

import dev.penstock.yaml.Place;
import java.io.PrintWriter;

/** For GitHub Actions: workflow commands, which annotate the files of a pull request; then the summary. */
final class GithubReport {
    private final PrintWriter out;

    GithubReport(PrintWriter out) {
        this.out = out;
    }

    void write(ReviewReport report) {
        for (Reviewed pipeline : report.pipelines()) {
            String file = pipeline.file().name();
            pipeline.diagnostics()
                    .forEach(diagnostic ->
                            command(diagnostic.level(), file, diagnostic.place(), pipeline.id(), diagnostic.message()));
        }
        report.errors()
                .forEach(error -> command("error", error.file(), error.place(), "cannot be read", error.message()));
        out.println(report.summary());
    }

    private void command(String level, String file, Place place, String title, String message) {
        String where = place.isKnown()
                ? ",line=" + place.line() + ",col=" + place.column() + ",endColumn=" + place.endColumn()
                : "";
        out.println(
                "::" + level + " file=" + property(file) + where + ",title=" + property(title) + "::" + data(message));
    }

    // What the runner takes back: actions/toolkit, core/src/command.ts.
    private static String data(String text) {
        return TerminalText.printable(
                text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"));
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
