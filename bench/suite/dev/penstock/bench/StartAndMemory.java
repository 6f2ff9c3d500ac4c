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

/** How soon the program answers, and what memory it takes, with the policies of a cluster: as it is installed. */
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
            starts(setting, load, cluster, rows);
            for (Program program : setting.programs()) {
                memory(setting, load, cluster, program, rows);
            }
        }
    }

    private void starts(Setting setting, Load load, Cluster cluster, Consumer<Row> rows) {
        Map<Program, List<Double>> millis = new HashMap<>();
        for (Program program : setting.programs()) {
            start(setting, load, cluster, program); // its files are read for the first time
        }
        for (int round = 0; round < setting.rounds(11); round++) {
            for (Program program : setting.programs()) {
                millis.computeIfAbsent(program, missing -> new ArrayList<>())
                        .add(start(setting, load, cluster, program));
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

    private static double start(Setting setting, Load load, Cluster cluster, Program program) {
        FreePorts ports = FreePorts.pick();
        return load.first(
                setting.mutate(Served.url(ports, "/mutate")),
                Served.fromCluster(setting, program, ports),
                Map.of("KUBECONFIG", cluster.kubeconfig().toString()));
    }

    private void memory(Setting setting, Load load, Cluster cluster, Program program, Consumer<Row> rows) {
        try (Served served = Served.fromCluster(setting, program, cluster.kubeconfig())) {
            long idleUntil = System.nanoTime() + Duration.ofSeconds(IDLE_SECONDS).toNanos();
            Await.until("idleness", Duration.ofMinutes(1), () -> System.nanoTime() > idleUntil, () -> "");
            for (String kind : KINDS) {
                report(program, kind, kind + " 10 s after the start", served.memory(kind), 64, rows);
            }
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
            Load.Outcome outcome = loaded.join();
            rows.accept(row(program, "at 1,000 reviews/s: answered", outcome.perSecond(), "/s"));
            for (String kind : KINDS) {
                report(program, kind, "at 1,000 reviews/s: " + kind, most.getOrDefault(kind, 0.0), 96, rows);
            }
        }
    }

    private void report(Program program, String kind, String what, double mebibytes, int limit, Consumer<Row> rows) {
        Row row = row(program, what, mebibytes, "MiB");
        rows.accept(kind.equals("VmRSS") ? row.to(Bar.atMost(program.isJvm() ? 200 : limit)) : row);
    }

    private Row row(Program program, String what, double value, String unit) {
        return Row.of(name(), program.name(), what, new Spread(value, value, value), unit);
    }
}
