package dev.penstock.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * How long a review takes at 500 a second, the server on one core. Each is timed from when it fell due, so that those which wait
 * behind a slow one count as slow, too.
 */
final class WebhookLatency implements Benchmark {
    private static final int CONNECTIONS = 16;
    private static final int RATE = 500;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String title() {
        return "a review over TLS at 500 a second, on one core";
    }

    @Override
    public void run(Setting setting, Consumer<Row> rows) throws Unmeasured {
        setting.needTwoCores();
        for (Program program : setting.programs()) {
            measure(setting, program, rows);
        }
    }

    private void measure(Setting setting, Program program, Consumer<Row> rows) throws Unmeasured {
        Load load = setting.pinnedLoad();
        List<Load.Outcome> rounds = new ArrayList<>();
        try (Served served = Served.pinned(setting, program)) {
            served.warmUp(setting, load);
            Load.Target mutate = setting.mutate(served.url("/mutate"));
            load.run(mutate, CONNECTIONS, RATE, setting.seconds(10));
            for (int round = 0; round < setting.rounds(5); round++) {
                rounds.add(load.run(mutate, CONNECTIONS, RATE, setting.seconds(20)));
            }
        }
        rows.accept(row(program, "p50", rounds, Load.Outcome::p50));
        rows.accept(row(program, "p99", rounds, Load.Outcome::p99).to(Bar.atMost(5)));
        rows.accept(row(program, "p99.9", rounds, Load.Outcome::p999).to(Bar.atMost(20)));
        rows.accept(row(program, "of it the load's own, p99", rounds, Load.Outcome::late));
    }

    private Row row(
            Program program, String what, List<Load.Outcome> rounds, ToDoubleFunction<Load.Outcome> micros) {
        List<Double> millis = rounds.stream()
                .map(round -> micros.applyAsDouble(round) / 1000)
                .toList();
        return Row.of(name(), program.name(), what, Spread.of(millis), "ms");
    }
}
