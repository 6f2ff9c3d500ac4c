package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.PolicyNode;
import dev.penstock.policy.Span;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code deadline}: a run ends by {@code activeDeadlineSeconds}, which is not 0 and no longer than the policy allows, and, where
 * {@code Forbid} lets a run that comes too early wait, no longer than the time between two runs.
 *
 * <p>The last costs what {@link dev.penstock.cron.CronSchedule#smallestGap} does, with {@code Forbid} and a deadline only.
 */
final class DeadlineValidation implements Validation {
    private final boolean require;
    private final @Nullable Span max;

    DeadlineValidation(PolicyNode parameters) {
        parameters.only("action", "require", "max");
        require = parameters.at("require").flag(false);
        max = parameters.at("max").span().orElse(null);
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field deadline = pipeline.job().at("activeDeadlineSeconds");
        Optional<Long> seconds = deadline.asLong();
        if (seconds.isEmpty()) {
            if (require) {
                findings.required(deadline, "say after how many seconds a run that hangs is ended" + atMost());
            }
        } else if (seconds.get() == 0) {
            findings.denial().invalid(deadline, "each run would end at once: write how long one may take" + atMost());
        } else if (max != null && seconds.get() > max.seconds()) {
            findings.invalid(deadline, "a run may take " + max + ": write at most " + max.seconds());
        } else {
            checkAgainstSchedule(deadline, seconds.get(), pipeline, findings);
        }
    }

    private String atMost() {
        return max == null ? "" : ", at most " + max.seconds();
    }

    private static void checkAgainstSchedule(Field deadline, long seconds, Pipeline pipeline, Findings findings) {
        Optional<String> concurrency = pipeline.spec().at("concurrencyPolicy").asText();
        if (concurrency.equals(Optional.of(ConcurrencyValidation.FORBID))) {
            pipeline.timing()
                    .flatMap(timing -> timing.closerThan(seconds))
                    .ifPresent(gap -> findings.warning()
                            .invalid(
                                    deadline,
                                    "runs are " + Timing.shown(gap)
                                            + ", and with Forbid the next waits while the last goes on, or is lost"));
        }
    }
}
