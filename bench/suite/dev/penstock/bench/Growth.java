package dev.penstock.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.admission.AdmissionBenchmark;
import dev.penstock.policy.InvalidPolicyException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a review grows with what it is about. Processor time of one thread, in this virtual machine, where all that is compared runs by
 * turns: it depends less on what else the machine does than the time by the clock.
 */
final class Growth implements Benchmark {
    private static final long ROUND_NANOS = 100_000_000;
    private static final String CONTAINERS = "/request/object/spec/jobTemplate/spec/template/spec/containers";

    /** Something that is repeated; what it returns is looked at, so that it is not left out. */
    private interface Action {
        Object run();
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "a review with more findings, containers, policies, namespaces";
    }

    @Override
    public void run(Setting setting, Consumer<Row> rows) {
        linear(setting, "findings", List.of(findings(0), findings(50), findings(100)), rows);
        linear(setting, "containers", List.of(containers(1), containers(25), containers(49)), rows);
        flat(setting, "policies", "1,000 policies to 1", List.of(policies(1, 10), policies(1000, 10)), rows);
        flat(setting, "namespaces", "10,000 namespaces to 10", List.of(policies(1, 10), policies(1, 10_000)), rows);
    }

    /** @param steps three, with the same distance between them */
    private void linear(Setting setting, String what, List<Action> steps, Consumer<Row> rows) {
        List<List<Double>> micros = micros(setting, steps);
        rows.accept(row(what + ": the fewest", Spread.of(micros.get(0)), "µs"));
        rows.accept(row(what + ": the most", Spread.of(micros.get(2)), "µs"));
        rows.accept(row(what + ": the most, to a straight line", straightness(micros), "×")
                .to(Bar.atMost(1.2)));
    }

    /** What the last step takes, to what it would take if it added no more than the one before. */
    private static Spread straightness(List<List<Double>> micros) {
        List<Double> straightness = new ArrayList<>();
        for (int round = 0; round < micros.get(0).size(); round++) {
            double line = 2 * micros.get(1).get(round) - micros.get(0).get(round);
            straightness.add(micros.get(2).get(round) / line);
        }
        return Spread.of(straightness);
    }

    private void flat(Setting setting, String what, String ratio, List<Action> steps, Consumer<Row> rows) {
        List<List<Double>> micros = micros(setting, steps);
        rows.accept(row(what + ": the fewest", Spread.of(micros.get(0)), "µs"));
        rows.accept(row(ratio, Spread.ratio(micros.get(1), micros.get(0)), "×").to(Bar.atMost(1.2)));
    }

    private Row row(String what, Spread figure, String unit) {
        return Row.of(name(), Program.JVM, what, figure, unit);
    }

    /** At /validate, which reports them: of 100 containers, so many have a tag that is warned of. */
    private static Action findings(int count) {
        ObjectNode review = Reviews.recorded("container");
        Reviews.setContainers(review, 100);
        for (int i = 0; i < 100; i++) {
            ((ObjectNode) review.at(CONTAINERS + "/" + i))
                    .put("image", "registry.example.com/churn:" + (i < count ? "latest" : "1.4.2x"))
                    .put("imagePullPolicy", "Always");
        }
        return reviewed(review)::validate;
    }

    /** At /mutate, which fills them in. */
    private static Action containers(int count) {
        ObjectNode review = Reviews.recorded("container");
        Reviews.setContainers(review, count);
        return reviewed(review)::mutate;
    }

    private static AdmissionBenchmark reviewed(ObjectNode review) {
        try {
            return AdmissionBenchmark.of(Reviews.bytes(review));
        } catch (IOException | InvalidPolicyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Action policies(int policies, int namespaces) {
        try {
            PoliciesBenchmark benchmark = PoliciesBenchmark.of(policies, namespaces);
            return benchmark::review;
        } catch (IOException | InvalidPolicyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For each action, what it took in each round. */
    private static List<List<Double>> micros(Setting setting, List<Action> actions) {
        List<List<Double>> micros = new ArrayList<>();
        actions.forEach(action -> micros.add(new ArrayList<>()));
        int warmUp = setting.quick() ? 5 : 40;
        for (int round = -warmUp; round < setting.rounds(21); round++) {
            for (int i = 0; i < actions.size(); i++) {
                double took = micros(actions.get(i));
                if (round >= 0) {
                    micros.get(i).add(took);
                }
            }
        }
        return micros;
    }

    private static double micros(Action action) {
        long begin = cpu();
        int seen = 0;
        int times = 0;
        long took;
        do {
            for (int i = 0; i < 10; i++) {
                seen += action.run().hashCode();
            }
            times += 10;
            took = cpu() - begin;
        } while (took < ROUND_NANOS);
        if (seen == 1 && times == 1) {
            throw new IllegalStateException(); // never: but the compiler does not know
        }
        return took / 1000.0 / times;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
