package dev.penstock.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reviews over TLS by 16 kept-alive connections, the server on one core and the load on the other, beside what the same server can do at
 * most: the route of {@code bench/echo}, by turns.
 */
final class WebhookThroughput implements Benchmark {
    private static final int CONNECTIONS = 16;

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public String title() {
        return "reviews over TLS on one core, beside an echo route in the same server";
    }

    @Override
    public void run(Setting setting, Consumer<Row> rows) throws Unmeasured {
        setting.needTwoCores();
        for (Program program : setting.echo()) {
            measure(setting, program, rows);
        }
        if (setting.programs().size() > setting.echo().size()) {
            throw new Unmeasured("native: needs --native-echo, an executable with the echo route");
        }
    }

    private void measure(Setting setting, Program program, Consumer<Row> rows) throws Unmeasured {
        Load load = setting.pinnedLoad();
        List<Double> reviews = new ArrayList<>();
        List<Double> echoes = new ArrayList<>();
        List<Double> busy = new ArrayList<>();
        try (Served served = Served.pinned(setting, program)) {
            Load.Target mutate = setting.mutate(served.url("/mutate"));
            Load.Target echo = setting.echo(served.url("/echo"));
            load.closed(mutate, CONNECTIONS, setting.seconds(30));
            load.closed(echo, CONNECTIONS, setting.seconds(15));
            Duration length = setting.seconds(5);
            for (int round = 0; round < setting.rounds(9); round++) {
                reviews.add(load.closed(mutate, CONNECTIONS, length).perSecond());
                Load.Outcome echoed = load.closed(echo, CONNECTIONS, length);
                echoes.add(echoed.perSecond());
                busy.add(echoed.cpu());
            }
        }
        rows.accept(Row.of(name(), program.name(), "reviews", Spread.of(reviews), "/s"));
        rows.accept(Row.of(name(), program.name(), "echoes", Spread.of(echoes), "/s"));
        // Near 1 it is the load that limits the echoes, and reviews look better than they are.
        rows.accept(Row.of(name(), program.name(), "the load's share of its core, echoing", Spread.of(busy), ""));
        rows.accept(Row.of(name(), program.name(), "reviews to echoes", Spread.ratio(reviews, echoes), "×")
                .to(Bar.atLeast(0.5)));
    }
}
