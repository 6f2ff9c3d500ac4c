package dev.penstock.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.admission.AdmissionBenchmark;
import dev.penstock.policy.InvalidPolicyException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a review grows with what it is about. Processor time of one thread, in this virtual machine, where all that is compared runs by
 * turns: it depends less on what else the machine does than the time by the clock.
 */
final class Growth implements Benchmark {
    private static final long ROUND_NANOS = 100_000_000;
    private static final String CONTAINERS = "/request/object/spec/jobTemplate/spec/template/spec/containers";

    /** What the last action returned: kept where others could see it, so that the compiler leaves none of it out. */
    private volatile @Nullable Object returned;

    /** Something that is repeated. */
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
        linear(setting, "findings", List.of(0, 50, 100), Growth::findings, rows);
        linear(setting, "containers", List.of(1, 25, 50), Growth::containers, rows);
        flat(setting, "policies", "1,000 policies to 1", List.of(policies(1, 10), policies(1000, 10)), rows);
        flat(setting, "namespaces", "10,000 namespaces to 10", List.of(policies(1, 10), policies(1, 10_000)), rows);
    }

    /** @param counts three, the fewest first */
    private void linear(
            Setting setting, String what, List<Integer> counts, IntFunction<Action> action, Consumer<Row> rows) {
        List<List<Double>> micros =
                micros(setting, counts.stream().map(action::apply).toList());
        rows.accept(row(what + ": the fewest", Spread.of(micros.get(0)), "µs"));
        rows.accept(row(what + ": the most", Spread.of(micros.get(2)), "µs"));
        rows.accept(row(what + ": the most, to a straight line", straightness(counts, micros), "×")
                .to(Bar.atMost(1.2)));
    }

    /** What the most take, to what they would take if each beyond the second count added no more than those before. */
    private static Spread straightness(List<Integer> counts, List<List<Double>> micros) {
        double distance = (double) (counts.get(2) - counts.get(0)) / (counts.get(1) - counts.get(0));
        List<Double> straightness = new ArrayList<>();
        for (int round = 0; round < micros.get(0).size(); round++) {
            double fewest = micros.get(0).get(round);
            double line = fewest + distance * (micros.get(1).get(round) - fewest);
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
        AdmissionBenchmark reviewed = reviewed(review);
        if (reviewed.findings() != count) {
            throw new IllegalStateException(reviewed.findings() + " findings instead of " + count);
        }
        return reviewed::validate;
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
    private List<List<Double>> micros(Setting setting, List<Action> actions) {
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

    private double micros(Action action) {
        long begin = cpu();
        int times = 0;
        long took;
        do {
            for (int i = 0; i < 10; i++) {
                returned = action.run();
            }
            times += 10;
            took = cpu() - begin;
        } while (took < ROUND_NANOS);
        return took / 1000.0 / times;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
