package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.policy.InvalidPolicyException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for every pipeline after every step of its life. */
class SequenceInvariantsTest {
    private static final int SEQUENCES = 1000;

    @Test
    void whatAuthorsLastWroteStandsAndTheRestFollowsThePolicy() throws Exception {
        int compared = 0;
        for (int seed = 1; seed <= SEQUENCES; seed++) {
            List<Step> steps = new RandomSteps(seed).next();
            try {
                compared += lived(steps).compared();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + told(steps), e);
            }
        }
        assertThat(compared).as("enough is compared to prove anything").isGreaterThan(SEQUENCES);
    }

    private static History lived(List<Step> steps) throws InvalidPolicyException {
        Step first = steps.get(0);
        History history = new History(Objects.requireNonNull(first.documents()));
        for (Step step : steps.subList(1, steps.size())) {
            history.take(step);
        }
        return history;
    }

    /** The empty text where there is none. */
    private static String failure(List<Step> steps) throws InvalidPolicyException {
        try {
            lived(steps);
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A smaller life that fails in the same way. */
    private static String told(List<Step> life) throws InvalidPolicyException {
        List<Step> steps = Shrinking.of(life, SequenceInvariantsTest::failure);
        return failure(steps) + steps.stream().map(step -> "\n  " + step).collect(Collectors.joining());
    }
}
