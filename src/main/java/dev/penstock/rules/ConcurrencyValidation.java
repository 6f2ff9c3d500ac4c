package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.PolicyNode;
import java.util.List;

/** {@code concurrency}: what happens while the last run still goes on is what the policy allows. */
final class ConcurrencyValidation implements EarlyValidation {
    static final String FORBID = "Forbid";

    // batch/validation: validateConcurrencyPolicy.
    private static final List<String> OF_CRON_JOBS = List.of("Allow", FORBID, "Replace");

    private final List<String> allowed;

    ConcurrencyValidation(PolicyNode parameters) {
        parameters.only("action", "allow");
        allowed = parameters.at("allow").choices(OF_CRON_JOBS);
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field policy = pipeline.spec().at("concurrencyPolicy");
        // Empty is left out: batch/v1 SetDefaults_CronJob.
        String value = policy.asText().filter(text -> !text.isEmpty()).orElse("Allow");
        if (!OF_CRON_JOBS.contains(value)) {
            findings.early().notSupported(policy, allowed);
        } else if (!allowed.contains(value)) {
            findings.notSupported(policy, allowed);
        }
    }
}
