package dev.penstock.bench;

import dev.penstock.controlplane.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the benchmarks, all or some, and says which figures miss their bar. */
@Command(
        name = "./penstock bench",
        description = "Measures Penstock beside its peers, on this machine at the same time.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    private static final Path JAR = Path.of("quarkus-app", "quarkus-run.jar");
    private static final Path TARGET = Path.of("target");

    private final List<Benchmark> benchmarks = List.of(
            new Engine(),
            new WebhookThroughput(),
            new WebhookLatency(),
            new CreateCronJob(),
            new StartAndMemory(),
            new Growth());

    @Parameters(arity = "0..*", paramLabel = "BENCHMARK", description = "Those to run; all where none is named: engine, webhook, latency, cronjob, process, growth.")
    private List<String> names = List.of();

    @Option(names = "--quick", description = "Few short rounds, to see that all works. The figures mean little.")
    private boolean quick;

    @Option(names = "--native", paramLabel = "FILE", description = "The native executable, to be measured as well.")
    private @Nullable Path executable;

    @Option(
            names = "--native-echo",
            paramLabel = "FILE",
            description = "The native executable of ./mvnw -Pecho -Dnative -Dmaven.test.skip=true package, for the benchmark webhook.")
    private @Nullable Path echoExecutable;

    @Option(
            names = "--java",
            paramLabel = "FILE",
            description = "The Java that runs the program: that which runs this, if none is named. From 25 on the program starts from a"
                    + " cache, as in the image.")
    private Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            defaultValue = "-Xmx96m -Xms16m -Xmn8m -XX:+UseSerialGC",
            description = "Of the virtual machine that runs the program: ${DEFAULT-VALUE}.")
    private String javaOptions = "";

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Set<String> unknown = new TreeSet<>(names);
        benchmarks.forEach(benchmark -> unknown.remove(benchmark.name()));
        if (!unknown.isEmpty()) {
            System.err.println("There is no benchmark " + String.join(", ", unknown) + ".");
            return 2;
        }
        Path folder = Files.createTempDirectory("penstock-bench");
        Report report;
        try {
            Java machine = Java.of(java, options(), folder);
            report = new Report(Machine.here(machine, quick));
            Setting setting = new Setting(
                    quick,
                    machine,
                    programs(machine, TARGET, executable, folder.resolve("penstock.aot")),
                    programs(machine, TARGET.resolve("echo"), echoExecutable, folder.resolve("echo.aot")),
                    folder,
                    ServerCertificate.make(folder));
            if (executable == null) {
                report.addUnmeasured("native", "needs an executable: --native, or ./mvnw -Dnative package");
            }
            for (Benchmark benchmark : benchmarks) {
                if (names.isEmpty() || names.contains(benchmark.name())) {
                    run(benchmark, setting, report);
                }
            }
        } finally {
            delete(folder);
        }
        report.print(System.out);
        // Only a whole run is one to quote.
        Path results = quick || !names.isEmpty() ? TARGET.resolve("bench") : Path.of("bench", "results");
        report.write(results);
        System.out.println("\nWritten: " + results.resolve("run.json") + ", " + results.resolve("run.svg"));
        return report.failed() ? 1 : 0;
    }

    private static void run(Benchmark benchmark, Setting setting, Report report) {
        System.err.println("\n" + benchmark.name() + ": " + benchmark.title());
        try {
            benchmark.run(setting, row -> {
                Report.print(row, System.err);
                report.add(row);
            });
        } catch (Unmeasured e) {
            System.err.println("not measured: " + e.getMessage());
            report.addUnmeasured(benchmark.name(), e.getMessage());
        } catch (RuntimeException e) {
            // The others are not lost by it.
            e.printStackTrace();
            report.addBroken(benchmark.name(), e);
        }
    }

    private List<String> options() {
        return Stream.of(javaOptions.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }

    private static List<Program> programs(Java java, Path target, @Nullable Path nativeExecutable, Path cache) {
        List<Program> programs = new ArrayList<>(List.of(Program.jvm(java, target.resolve(JAR), cache)));
        if (nativeExecutable != null) {
            programs.add(Program.executable(nativeExecutable));
        }
        return programs;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
