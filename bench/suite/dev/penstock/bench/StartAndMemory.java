package dev.penstock.bench;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.FreePorts;
import dev.penstock.controlplane.InstalledWebhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** How soon the program answers, and what memory it takes, with the policies of a cluster that it finds as a pod does. */
final class StartAndMemory implements Benchmark {
    private static final int RATE = 1000;
    private static final int CONNECTIONS = 16;
    private static final int IDLE_SECONDS = 10;
    private static final List<String> KINDS = List.of("VmRSS", "RssAnon");

    @Override
    public String name() {
        return "process";
    }

    @Override
    public String title() {
        return "start to first answered review, and memory, with a cluster's policies";
    }

    @Override
    public void run(Setting setting, Consumer<Row> rows) throws Unmeasured {
        Load load = setting.load();
        try (Cluster cluster = Cluster.start(setting)) {
            InstalledWebhook.installResources(cluster.kubectl());
            Map<String, String> pod = cluster.asInAPod();
            starts(setting, load, pod, rows);
            memory(setting, load, pod, rows);
        }
    }

    private void starts(Setting setting, Load load, Map<String, String> pod, Consumer<Row> rows) {
        Map<Program, List<Double>> millis = new HashMap<>();
        for (Program program : setting.programs()) {
            start(setting, load, pod, program); // its files are read for the first time
        }
        for (int round = 0; round < setting.rounds(11); round++) {
            for (Program program : setting.programs()) {
                millis.computeIfAbsent(program, missing -> new ArrayList<>())
                        .add(start(setting, load, pod, program));
            }
        }
        for (Program program : setting.programs()) {
            rows.accept(Row.of(
                            name(),
                            program.name(),
                            "start to first answered review",
                            Spread.of(millis.getOrDefault(program, List.of())),
                            "ms")
                    .to(Bar.atMost(program.isJvm() ? 1500 : 100)));
        }
    }

    private static double start(Setting setting, Load load, Map<String, String> pod, Program program) {
        FreePorts ports = FreePorts.pick();
        return load.first(
                setting.mutate(Served.url(ports, "/mutate")),
                Served.fromCluster(setting, program, ports),
                pod);
    }

    private void memory(Setting setting, Load load, Map<String, String> pod, Consumer<Row> rows) {
        Map<Program, List<Memory>> rounds = new HashMap<>();
        for (int round = 0; round < setting.rounds(3); round++) {
            for (Program program : setting.programs()) {
                rounds.computeIfAbsent(program, missing -> new ArrayList<>())
                        .add(memory(setting, load, pod, program));
            }
        }
        for (Program program : setting.programs()) {
            List<Memory> memory = rounds.getOrDefault(program, List.of());
            report(program, memory, "10 s after the start: ", Memory::idle, 64, rows);
            Spread answered = Spread.of(memory.stream().map(Memory::perSecond).toList());
            rows.accept(Row.of(name(), program.name(), "at 1,000 reviews/s: answered", answered, "/s")
                    .to(Bar.atLeast(0.99 * RATE))); // else it is the memory at fewer
            report(program, memory, "at 1,000 reviews/s: ", Memory::loaded, 96, rows);
        }
    }

    /** What one process took, by kind in MiB, and what it answered meanwhile. */
    private record Memory(Map<String, Double> idle, Map<String, Double> loaded, double perSecond) {}

    private static Memory memory(Setting setting, Load load, Map<String, String> pod, Program program) {
        try (Served served = Served.fromCluster(setting, program, pod)) {
            long idleUntil = System.nanoTime() + Duration.ofSeconds(IDLE_SECONDS).toNanos();
            Await.until("idleness", Duration.ofMinutes(1), () -> System.nanoTime() > idleUntil, () -> "");
            Map<String, Double> idle = new HashMap<>();
            KINDS.forEach(kind -> idle.put(kind, served.memory(kind)));
            Map<String, Double> most = new HashMap<>();
            Load.Target target = setting.mutate(served.url("/mutate"));
            CompletableFuture<Load.Outcome> loaded = CompletableFuture.supplyAsync(
                    () -> load.run(target, CONNECTIONS, RATE, setting.seconds(30)));
            Await.until(
                    "the end of the load",
                    Duration.ofMinutes(5),
                    () -> {
                        KINDS.forEach(kind -> most.merge(kind, served.memory(kind), Math::max));
                        return loaded.isDone();
                    },
                    () -> "");
            return new Memory(idle, most, loaded.join().perSecond());
        }
    }

    private void report(
            Program program,
            List<Memory> rounds,
            String when,
            Function<Memory, Map<String, Double>> which,
            int limit,
            Consumer<Row> rows) {
        for (String kind : KINDS) {
            Spread mebibytes = Spread.of(rounds.stream()
                    .map(round -> which.apply(round).getOrDefault(kind, 0.0))
                    .toList());
            Row row = Row.of(name(), program.name(), when + kind, mebibytes, "MiB");
            rows.accept(kind.equals("VmRSS") ? row.to(Bar.atMost(program.isJvm() ? 200 : limit)) : row);
        }
    }
}
