package dev.penstock.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All figures of one run: as a table, as JSON, as a picture. */
final class Report {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LINE = "%-11s %-11s %-44s %26s %-3s %-8s %s%n";

    private final Machine machine;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> unmeasured = new LinkedHashMap<>();
    private boolean broken;

    Report(Machine machine) {
        this.machine = machine;
    }

    void add(Row row) {
        rows.add(row);
    }

    void addUnmeasured(String benchmark, String reason) {
        unmeasured.put(benchmark, reason);
    }

    void addBroken(String benchmark, RuntimeException failure) {
        broken = true;
        addUnmeasured(benchmark, String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString()));
    }

    /** Whether a figure misses its bar, or a benchmark broke. */
    boolean failed() {
        return broken || rows.stream().anyMatch(Row::failed);
    }

    static void print(Row row, PrintStream out) {
        out.printf(
                LINE,
                row.benchmark(),
                row.program(),
                row.what(),
                row.figure(),
                row.unit(),
                row.bar() == null ? "" : row.bar(),
                row.bar() == null ? "" : row.failed() ? "FAILED" : "ok");
    }

    void print(PrintStream out) {
        out.println("\n" + machine + "\nMedians, with the lowest and the highest round.\n");
        out.printf(LINE, "benchmark", "program", "figure", "", "", "bar", "");
        rows.forEach(row -> print(row, out));
        unmeasured.forEach((benchmark, reason) -> out.println("not measured: " + benchmark + ": " + reason));
    }

    /** Writes {@code run.json} and {@code run.svg}. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("run.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json()) + "\n");
        Files.writeString(folder.resolve("run.svg"), new Picture(machine, rows).svg());
    }

    private ObjectNode json() {
        ObjectNode run = JSON.createObjectNode();
        run.putPOJO("machine", machine);
        for (Row row : rows) {
            ObjectNode entry = run.withArray("figures").addObject();
            entry.put("benchmark", row.benchmark()).put("program", row.program()).put("figure", row.what());
            entry.put("unit", row.unit());
            entry.put("median", row.figure().median());
            entry.put("low", row.figure().low()).put("high", row.figure().high());
            if (row.bar() != null) {
                entry.put(row.bar().isLeast() ? "atLeast" : "atMost", row.bar().limit());
                entry.put("holds", !row.failed());
            }
        }
        unmeasured.forEach((benchmark, reason) -> run.withObject("/unmeasured").put(benchmark, reason));
        return run;
    }
}
