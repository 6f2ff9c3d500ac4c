package dev.penstock.bench;

import dev.penstock.admission.AdmissionBenchmark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A review without HTTP beside parsing its bytes alone, by JMH: each round a virtual machine for either, by turns. */
final class Engine implements Benchmark {
    /** And the parse of the same bytes: what is sent to {@code /validate} has the defaults in it. */
    private static final Map<String, String> PARSES = new TreeMap<>(Map.of("mutate", "parse", "validate", "parseMutated"));

    /** By what was run on which size. */
    private final Map<String, List<Double>> micros = new HashMap<>();

    private final Map<String, List<Double>> kilobytes = new HashMap<>();

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String title() {
        return "a review without HTTP, beside parsing its bytes with Jackson (JMH)";
    }

    @Override
    public void run(Setting setting, Consumer<Row> rows) {
        for (int round = 0; round < setting.rounds(5); round++) {
            round(setting);
        }
        for (String size : List.of(Reviews.TYPICAL, Reviews.LARGE)) {
            String title = Spread.text(Reviews.named(size).length / 1000.0) + " KB: ";
            PARSES.keySet().forEach(review -> report(title + review, review, size, rows));
        }
    }

    private void report(String title, String review, String size, Consumer<Row> rows) {
        String parse = PARSES.getOrDefault(review, "");
        rows.accept(row(title + ", its parse takes", figure(micros, parse, size), "µs"));
        rows.accept(row(title + ", its parse allocates", figure(kilobytes, parse, size), "kB"));
        Row time = row(title + " takes", figure(micros, review, size), "µs");
        rows.accept(size.equals(Reviews.TYPICAL) ? time.to(Bar.atMost(25)) : time);
        rows.accept(row(title + " takes, to the parse", ratio(micros, review, parse, size), "×").to(Bar.atMost(2.5)));
        rows.accept(row(title + " allocates", figure(kilobytes, review, size), "kB"));
        rows.accept(row(title + " allocates, to the parse", ratio(kilobytes, review, parse, size), "×").to(Bar.atMost(2.5)));
    }

    private Row row(String what, Spread figure, String unit) {
        return Row.of(name(), Program.JVM, what, figure, unit);
    }

    private void round(Setting setting) {
        int seconds = setting.quick() ? 1 : 3;
        Options options = new OptionsBuilder()
                .include(AdmissionBenchmark.class.getName())
                .forks(1)
                .jvm(setting.java().file().toString())
                .jvmArgsAppend(setting.java().jmhOptions().toArray(String[]::new))
                .warmupIterations(4 * seconds) // a review is of many methods: after six seconds they were still being compiled
                .measurementIterations(seconds)
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        try {
            for (RunResult result : new Runner(options).run()) {
                String method = result.getPrimaryResult().getLabel();
                String key = method + " " + result.getParams().getParam("size");
                add(micros, key, result.getPrimaryResult().getScore());
                add(kilobytes, key, result.getSecondaryResults().get("gc.alloc.rate.norm").getScore() / 1000);
            }
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(Map<String, List<Double>> all, String key, double score) {
        all.computeIfAbsent(key, missing -> new ArrayList<>()).add(score);
    }

    private static Spread figure(Map<String, List<Double>> all, String method, String size) {
        return Spread.of(all.getOrDefault(method + " " + size, List.of()));
    }

    private static Spread ratio(Map<String, List<Double>> all, String review, String parse, String size) {
        return Spread.ratio(
                all.getOrDefault(review + " " + size, List.of()), all.getOrDefault(parse + " " + size, List.of()));
    }
}
