package dev.penstock.rules;

import dev.penstock.policy.Profiles;

/**
 * {@code labelRequired}: a CronJob without the label where the namespace asks for it. Run where one is created so, or has lost
 * the label.
 */
final class LabelRequiredValidation implements Validation {
    @Override
    public void check(Pipeline pipeline, Findings findings) {
        findings.required(
                PipelineLabel.of(pipeline.cronJob()),
                "every CronJob of this namespace is a pipeline: name a profile, or " + Profiles.DEFAULT);
    }
}
