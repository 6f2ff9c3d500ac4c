package dev.penstock.rules;

import dev.penstock.manifest.Field;

/** {@code missedRuns}: a deadline for starting that is shorter than the controller's round may never start a job. */
final class MissedRunsValidation implements Validation {
    // Kubernetes, CronJob: the controller looks at each CronJob every 10 s.
    private static final long ROUND = 10;

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field deadline = pipeline.spec().at("startingDeadlineSeconds");
        // The API server refuses a negative one by itself.
        deadline.asLong()
                .filter(seconds -> seconds >= 0 && seconds < ROUND)
                .ifPresent(seconds -> findings.invalid(
                        deadline, "runs may never start: Kubernetes looks every 10 s; write at least " + ROUND));
    }
}
