package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.PolicyNode;
import java.util.OptionalLong;

/** {@code retries}: {@code backoffLimit}, or what Kubernetes takes for it, is no more than the policy allows. */
final class RetriesValidation implements Validation {
    // batch/v1 SetDefaults_Job.
    private static final long LEFT_OUT = 6;
    private static final long LEFT_OUT_PER_INDEX = Integer.MAX_VALUE;

    private final OptionalLong max;

    RetriesValidation(PolicyNode parameters) {
        parameters.only("action", "max");
        max = parameters.at("max").count();
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        if (max.isEmpty()) {
            return;
        }
        Field job = pipeline.job();
        Field limit = job.at("backoffLimit");
        long most = max.getAsLong();
        if (limit.isPresent()) {
            limit.asLong()
                    .filter(retries -> retries > most)
                    .ifPresent(retries -> findings.invalid(limit, "write at most " + most));
        } else {
            long retries = job.at("backoffLimitPerIndex").isPresent() ? LEFT_OUT_PER_INDEX : LEFT_OUT;
            if (retries > most) {
                findings.required(limit, "Kubernetes retries " + retries + " times without it; write at most " + most);
            }
        }
    }
}
