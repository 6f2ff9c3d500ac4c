package dev.penstock.bench;

import dev.penstock.controlplane.FreePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What asking costs whoever creates a CronJob: the dry run through a real API server, with nobody asked, a webhook in Go that allows
 * everything, the same that patches as Penstock does, Kubernetes' own policies, and Penstock. All are registered all the time; the pipeline's
 * label chooses, so that rounds alternate.
 */
final class CreateCronJob implements Benchmark {
    private static final int MANY = 8;
    private static final String ANSWERS = "bench/cluster/answers.json";

    private record Key(Peer peer, int clients) {}

    private final Map<Key, List<Load.Outcome>> outcomes = new HashMap<>();
    private final List<Served> served = new ArrayList<>();

    @Override
    public String name() {
        return "cronjob";
    }

    @Override
    public String title() {
        return "creating a CronJob (dry run) through a real API server, by 1 client and by 8";
    }

    @Override
    public void run(Setting setting, Consumer<Row> rows) throws Unmeasured {
        Load load = setting.load();
        FreePorts ports = FreePorts.pick();
        try (Cluster cluster = Cluster.start(setting);
                Child go = goWebhook(setting, ports.first(), "");
                Child patching = goWebhook(setting, ports.second(), ANSWERS)) {
            cluster.register(Peer.GO, "https://127.0.0.1:" + ports.first());
            cluster.register(Peer.GO_PATCHING, "https://127.0.0.1:" + ports.second());
            cluster.installPolicies();
            List<Peer> peers = new ArrayList<>(List.of(Peer.NONE, Peer.GO, Peer.GO_PATCHING, Peer.POLICIES));
            for (Program program : setting.programs()) {
                Served webhook = Served.start(setting, program);
                served.add(webhook);
                cluster.register(Peer.of(program), webhook.url(""));
                if (!cluster.created(Peer.of(program)).equals(cluster.created(Peer.GO_PATCHING))) {
                    throw new IllegalStateException(ANSWERS + " is not what Penstock answers");
                }
                peers.add(Peer.of(program));
            }
            Map<Peer, Load.Target> targets = new HashMap<>();
            peers.forEach(peer -> targets.put(peer, cluster.create(peer)));
            for (Served webhook : served) {
                webhook.warmUp(setting, load);
            }
            peers.forEach(peer -> load.closed(targets.get(peer), MANY, setting.seconds(5)));
            for (int round = 0; round < setting.rounds(9); round++) {
                round(round, peers, targets, load, setting.seconds(4));
            }
            if (!go.isAlive() || !patching.isAlive()) {
                throw new IllegalStateException("a webhook in Go ended by itself:\n" + go.log() + patching.log());
            }
        } finally {
            served.forEach(Served::close);
        }
        for (int clients : List.of(1, MANY)) {
            report(setting, clients, rows);
        }
    }

    /** @param answers its file of them; it allows everything where that is empty */
    private static Child goWebhook(Setting setting, int port, String answers) throws Unmeasured {
        return Child.start(
                setting.folder(),
                List.of(
                        setting.tool().toString(),
                        "webhook",
                        "-address",
                        "127.0.0.1:" + port,
                        "-answers",
                        answers,
                        "-cert",
                        setting.certificate().certificate().toString(),
                        "-key",
                        setting.certificate().key().toString()),
                Map.of());
    }

    private void round(int round, List<Peer> peers, Map<Peer, Load.Target> targets, Load load, Duration length) {
        for (int clients : List.of(1, MANY)) {
            for (int i = 0; i < peers.size(); i++) {
                Peer peer = peers.get((round + i) % peers.size()); // each is the first for once
                outcomes.computeIfAbsent(new Key(peer, clients), missing -> new ArrayList<>())
                        .add(load.closed(targets.get(peer), clients, length));
            }
        }
    }

    private void report(Setting setting, int clients, Consumer<Row> rows) {
        String title = clients + (clients == 1 ? " client: " : " clients: ");
        rows.accept(row("nobody", title + "p50", millis(Peer.NONE, clients, Load.Outcome::p50), "ms"));
        rows.accept(row("nobody", title + "p99", millis(Peer.NONE, clients, Load.Outcome::p99), "ms"));
        for (Peer peer : List.of(Peer.GO, Peer.GO_PATCHING, Peer.POLICIES)) {
            rows.accept(row(peer.name(), title + "adds to p50", Spread.of(added(peer, clients, Load.Outcome::p50)), "ms"));
            rows.accept(row(peer.name(), title + "adds to p99", Spread.of(added(peer, clients, Load.Outcome::p99)), "ms"));
        }
        for (Program program : setting.programs()) {
            Peer peer = Peer.of(program);
            compare(program.name(), peer, clients, title, "p50", Load.Outcome::p50, rows);
            compare(program.name(), peer, clients, title, "p99", Load.Outcome::p99, rows);
        }
    }

    private void compare(
            String program,
            Peer peer,
            int clients,
            String title,
            String quantile,
            ToDoubleFunction<Load.Outcome> which,
            Consumer<Row> rows) {
        List<Double> ours = added(peer, clients, which);
        rows.accept(row(program, title + "adds to " + quantile, Spread.of(ours), "ms"));
        rows.accept(row(program, title + "added " + quantile + ", to Go's", Spread.ratio(ours, added(Peer.GO, clients, which)), "×")
                .to(Bar.atMost(1.2)));
        rows.accept(row(
                        program,
                        title + "added " + quantile + ", to Go's that patches",
                        Spread.ratio(ours, added(Peer.GO_PATCHING, clients, which)),
                        "×")
                .to(Bar.atMost(1.2)));
        rows.accept(row(
                        program,
                        title + "added " + quantile + ", to the policies'",
                        Spread.ratio(ours, added(Peer.POLICIES, clients, which)),
                        "×")
                .to(Bar.atMost(clients == 1 ? 1.3 : 1)));
    }

    private Row row(String program, String what, Spread figure, String unit) {
        return Row.of(name(), program, what, figure, unit);
    }

    private Spread millis(Peer peer, int clients, ToDoubleFunction<Load.Outcome> which) {
        return Spread.of(all(peer, clients, which));
    }

    /** Round by round, in milliseconds, what this peer takes beyond nobody. */
    private List<Double> added(Peer peer, int clients, ToDoubleFunction<Load.Outcome> which) {
        List<Double> with = all(peer, clients, which);
        List<Double> without = all(Peer.NONE, clients, which);
        List<Double> added = new ArrayList<>();
        for (int round = 0; round < with.size(); round++) {
            added.add(with.get(round) - without.get(round));
        }
        return added;
    }

    private List<Double> all(Peer peer, int clients, ToDoubleFunction<Load.Outcome> which) {
        return outcomes.getOrDefault(new Key(peer, clients), List.of()).stream()
                .map(outcome -> which.applyAsDouble(outcome) / 1000)
                .toList();
    }
}
